"""Typing errors: a letter too many, too few, another one, or two in the wrong order."""

SHORTEST, LONGEST = 4, 24


def can_be_mistyped(word: str) -> bool:
    """A word of an alphabet. Of numbers, and where one letter is a word, another one is not an error."""
    return SHORTEST <= len(word) <= LONGEST and word.isalpha() and max(word) < "\u0900"


def one_less(word: str) -> list[str]:
    """Each with one letter left out: what two words that differ in one letter have in common."""
    return sorted({word[:at] + word[at + 1 :] for at in range(len(word))})


def is_slip(typed: str, word: str) -> bool:
    """One letter more, less or other, or two neighbours exchanged."""
    if typed == word:
        return False
    shorter, longer = sorted((typed, word), key=len)
    at = next((n for n, (one, other) in enumerate(zip(shorter, longer, strict=False)) if one != other), len(shorter))
    if len(longer) > len(shorter):
        return longer[at + 1 :] == shorter[at:]
    exchanged = longer[at + 1 : at + 2] + longer[at : at + 1]
    return longer[at + 1 :] == shorter[at + 1 :] or (
        shorter[at : at + 2] == exchanged and longer[at + 2 :] == shorter[at + 2 :]
    )
