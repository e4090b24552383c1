from itertools import combinations, product

from tests.gallery.pairs import pairs_in, pairwise


def test_every_pair_of_values_occurs() -> None:
    factors = {"page": range(7), "width": "abc", "theme": "xy", "amount": (0, 3, 300)}
    cases = pairwise(factors)
    shown = {pair for case in cases for pair in pairs_in(case)}
    for one, other in combinations(factors, 2):
        for a, b in product(factors[one], factors[other]):
            assert ((one, a), (other, b)) in shown
    assert len(cases) < 7 * 3 * 2, "few cases are enough"
