"""What binds in a text: where it changes, everybody is asked again; where only the rest does, consents are kept."""

from collections.abc import Mapping

AROUND = ".,;:!?()[]{}*_`'\"“”„‘’‚«»‹›…"
SIGNS = frozenset("<>≤≥=≠≈~±+−-–/×%‰°€$£¥")


def binding_changed(before: Mapping[str, str], after: Mapping[str, str], binding: frozenset[str]) -> bool:
    """Parts by their code, source text. The binding ones word for word; of the others every number."""
    for part in before.keys() | after.keys():
        old, new = before.get(part, "").split(), after.get(part, "").split()
        if part in binding and old != new:
            return True
        if numbers(old) != numbers(new):
            return True
    return False


def numbers(words: list[str]) -> list[str]:
    """Each with what is written to it, and with the signs beside it: "-5", "1/2", "½", "10²", "5kg", "> 5", "5 %"."""
    bare = [word.strip(AROUND) for word in words]
    counted = [any(letter.isnumeric() for letter in word) for word in bare]
    beside = [any(counted[max(place - 1, 0) : place + 2]) for place in range(len(bare))]
    return [
        word
        for word, counts, near in zip(bare, counted, beside, strict=True)
        if counts or (near and word and SIGNS.issuperset(word))
    ]
