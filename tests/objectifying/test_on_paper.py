"""A practice on paper: what stands on it, who may print it, and a code that leads back."""

import re
from collections.abc import Sequence

import qrcode
import segno
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_M, ERROR_CORRECT_Q

from commonplace.communities.models import Visibility
from commonplace.objectifying.codes import code
from commonplace.objectifying.models import Practice
from tests.objectifying.conftest import Crew

BORDER, FULL = 4, 84
LEVELS = {"M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q, "H": ERROR_CORRECT_H}


def on_paper(crew: Crew, practice: Practice) -> str:
    answer = crew.story.browser(crew.lea).get(f"/c/pump-crews/practices/{practice.pk}/print")
    assert answer.status_code == 200
    return answer.content.decode()


def dark(svg: str) -> set[tuple[int, int]]:
    """Row and column of each dark module, as the path draws them: a line of one module's height at a time."""
    [path] = re.findall(r' d="(M[^"]*h[^"]*)"', svg.split("<path")[-1])
    column, row, modules = 0.0, 0.0, set()
    for step, typed in re.findall(r"([Mmh])([-\d. ]+)", path):
        numbers = [float(one) for one in re.findall(r"-?[\d.]+", typed)]
        if step == "h":
            modules |= {(int(row), int(column) + place) for place in range(int(numbers[0]))}
            column += numbers[0]
        else:
            column, row = (0.0, 0.0) if step == "M" else (column, row)
            column, row = column + numbers[0], row + numbers[1]
    return modules


def drawn_by_another(address: str, like: segno.QRCode) -> Sequence[Sequence[bool]]:
    """The same code by another implementation of the standard: that of the second factor of sign-in."""
    given = {"version": int(like.version), "error_correction": LEVELS[like.error], "mask_pattern": like.mask}
    other = qrcode.QRCode(**given, border=BORDER)
    other.add_data(address, optimize=0)
    other.make(fit=False)
    matrix: Sequence[Sequence[bool]] = other.get_matrix()
    return matrix


def test_the_code_is_that_of_the_address_as_another_implementation_draws_it() -> None:
    """As long as a code of this size holds: how a shorter one is filled up, nobody reads, and each does otherwise."""
    address = "https://commonplace.example/c/pump-crews/practices/01k15xs1a06r00ryj94tvygah5/".ljust(FULL, "x")
    ours = segno.make_qr(address, error="m")
    other = drawn_by_another(address, ours)
    assert dark(code(address)) == {
        (row, column) for row, line in enumerate(other) for column, is_dark in enumerate(line) if is_dark
    }


def test_the_code_leads_to_the_practice_and_the_letters_to_its_version(crew: Crew) -> None:
    practice = crew.accepted()
    page = on_paper(crew, practice)
    here = f"http://testserver/c/pump-crews/practices/{practice.pk}/"
    assert code(here) in page
    assert crew.story.browser(crew.lea).get(here, follow=True).status_code == 200
    assert f">{here}versions/1/</a>" in page


def test_it_says_what_was_agreed_when_and_by_how_many(crew: Crew) -> None:
    practice = crew.accepted()
    page = " ".join(on_paper(crew, practice).split())
    for words in ("Accepted", "version 1", "agreed on", "by consent of 3 of 4", "When", "How", "Why", "Limits"):
        assert words in page, words
    assert "not agreed on here" in " ".join(on_paper(crew, crew.brought()).split())


def test_what_is_no_more_agreed_on_says_until_when_it_was(crew: Crew) -> None:
    challenge = crew.challenged()
    assert "Challenged" in on_paper(crew, challenge.practice)


def test_nothing_of_the_site_is_on_it_and_nothing_is_styled_in_place(crew: Crew) -> None:
    page = on_paper(crew, crew.candidate())
    assert "style=" not in page
    assert "<script" not in page
    assert "<form" not in page
    assert "account" not in page


def test_who_may_not_read_it_does_not_print_it(crew: Crew) -> None:
    hidden = crew.story.found("hidden", "Hidden", by=crew.fay, visibility=Visibility.PRIVATE)
    practice = crew.story.bring(crew.fay, of=hidden)
    address = f"/c/hidden/practices/{practice.pk}/print"
    assert crew.story.browser(crew.fay).get(address).status_code == 200
    assert crew.story.browser(crew.lea).get(address).status_code == 404
    assert crew.story.browser(crew.fay).get(address.replace("hidden", "pump-crews")).status_code == 404


def test_it_costs_few_statements(crew: Crew, django_assert_max_num_queries: object) -> None:
    practice, browser = crew.accepted(), crew.story.browser(crew.lea)
    browser.get("/")
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        browser.get(f"/c/pump-crews/practices/{practice.pk}/print")
