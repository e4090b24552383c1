"""A search that takes too long is ended, and says so."""


class TooSlow(Exception):
    """The database was given so much time and no more."""
