"""Whatever people say of a practice is Markdown: no page shows their asterisks."""

from datetime import timedelta

from commonplace.consenting.kinds import Stand
from commonplace.ledger import clock
from commonplace.objectifying import acts
from commonplace.objectifying.models import Challenge
from tests.objectifying.conftest import Crew

WORDS = "It is **not** so: see https://example.org/pumps\n- [ ] ask *Ines*"


def page(crew: Crew, path: str) -> str:
    html = crew.story.browser(crew.fay).get(path).content.decode()
    assert "**not**" not in html
    return html


def test_a_challenge_is_markdown_on_the_page_and_in_its_round(crew: Crew) -> None:
    practice = crew.accepted()
    challenge = acts.challenge(crew.ines, practice, challenge=Challenge(ground="failed", reason=WORDS))
    here = practice.get_absolute_url()
    for path in (here, f"/c/pump-crews/proposals/new/settlement/{practice.pk}/?about={challenge.pk}"):
        assert "<strong>not</strong>" in page(crew, path)
    assert 'href="https://example.org/pumps"' in page(crew, here)


def test_a_reason_and_an_objection_are_markdown(crew: Crew) -> None:
    proposal = crew.proposed()
    crew.story.stand(crew.omar, proposal, Stand.OBJECT, WORDS)
    crew.story.stand(crew.ines, proposal, Stand.CONCERN, WORDS)
    assert page(crew, proposal.get_absolute_url()).count("<strong>not</strong>") == 2


def test_why_it_was_decided_is_markdown(crew: Crew) -> None:
    proposal = crew.proposed()
    crew.objected(proposal)
    with clock.at(proposal.closes_at + timedelta(hours=1)):
        crew.story.decide(crew.fay, proposal, "not_accepted", WORDS)
    assert "<strong>not</strong>" in page(crew, proposal.get_absolute_url())


def test_a_report_is_markdown_and_short_in_the_list(crew: Crew) -> None:
    practice = crew.candidate()
    report = crew.story.apply(crew.omar, practice, outcome="adapted", where="Pump 9", adaptation=WORDS)
    assert "<strong>not</strong>" in page(crew, report.get_absolute_url())
    assert "It is not so" in page(crew, practice.get_absolute_url())
