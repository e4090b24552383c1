"""Elimination over whole numbers."""

import numpy as np
from numpy.typing import NDArray

PRIME = 2_147_483_647
"""Numbers are taken modulo a prime: exact, unlike floats, and of bounded size, unlike fractions."""
Matrix = NDArray[np.int64]


def reduced(matrix: Matrix) -> Matrix:
    """Reduced row echelon form modulo PRIME, without empty rows."""
    rows, rank = matrix % PRIME, 0
    for column in range(rows.shape[1]):
        pivots = np.flatnonzero(rows[rank:, column])
        if not len(pivots):
            continue
        rows[[rank, rank + pivots[0]]] = rows[[rank + pivots[0], rank]]
        rows[rank] = rows[rank] * pow(int(rows[rank, column]), -1, PRIME) % PRIME
        _clear(rows, column, rank)
        rank += 1
        if rank == len(rows):
            break
    return rows[:rank]


def _clear(rows: Matrix, column: int, pivot: int) -> None:
    """Takes the pivot's row out of every other. Windows overlap with few others: most have nothing there."""
    others = np.flatnonzero(rows[:, column])
    others = others[others != pivot]
    if len(others):
        there = np.flatnonzero(rows[pivot])
        part = np.ix_(others, there)
        rows[part] = (rows[part] - rows[others, column, None] * rows[pivot, there] % PRIME) % PRIME


def beyond(basis: Matrix, matrix: Matrix) -> Matrix:
    """What the rows of `matrix` say that those of `basis`, which is reduced, do not: reduced, too."""
    pivots = (basis != 0).argmax(axis=1)
    rest = matrix % PRIME
    for row, pivot in zip(basis, pivots, strict=True):
        rest = (rest - rest[:, pivot, None] * row % PRIME) % PRIME
    return reduced(rest)
