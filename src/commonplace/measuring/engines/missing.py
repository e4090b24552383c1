"""The engine that the settings ask for is not there."""


class EngineMissing(Exception):
    """The text says what to install, or what to write."""
