"""Where in a text its words stand, as it is written."""

from collections.abc import Iterator

from commonplace.internalizing.words.scripts import clusters, is_unspaced, solids, tokens

Place = tuple[int, int]


def places(text: str) -> Iterator[list[Place]]:
    """Of each word first all of it, then what is joined in it; in an unspaced script each pair of letters, then one."""
    for match in tokens().finditer(text):
        token, at = match[0], match.start()
        if is_unspaced(token):
            letters = [(at + one.start(), at + one.end()) for one in clusters().finditer(token)]
            for number, (start, end) in enumerate(letters):
                yield [(start, letters[number + 1][1]), (start, end)] if number + 1 < len(letters) else [(start, end)]
        elif token.isalnum():
            yield [match.span()]
        else:
            inner = [(at + one.start(), at + one.end()) for one in solids().finditer(token)]
            yield [match.span(), *inner] if len(inner) > 1 else [match.span()]
