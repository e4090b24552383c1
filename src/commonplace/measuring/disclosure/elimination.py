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
        factors = rows[:, column].copy()
        factors[rank] = 0
        rows = (rows - factors[:, None] * rows[rank] % PRIME) % PRIME
        rank += 1
        if rank == len(rows):
            break
    return rows[:rank]
