"""What is wrong with a scenario, and where."""


class ScenarioError(Exception):
    """One line: the file, the table in it, what is wrong."""

    def __init__(self, place: str, wrong: str) -> None:
        super().__init__(f"{place}: {wrong}")
