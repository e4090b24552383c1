"""A browser ends the lines that it sends otherwise than everybody else."""


def of_one_kind(text: str) -> str:
    """With each line ended by one sign."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
