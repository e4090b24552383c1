"""The one error of every door."""


class Refused(Exception):
    """Outside data is not let in; its text is one line that says where and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__("".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in message))
