"""A file belongs to the texts that name it: who may read one may open it, if whoever wrote it might."""

from datetime import datetime
from typing import Any

import pytest

from commonplace.communities.models import Community, Person, Visibility
from commonplace.externalizing import acts as exchanges
from commonplace.externalizing.models import Exchange, Response
from commonplace.files.holding import MOST
from commonplace.files.models import File, Held
from commonplace.internalizing.models import Application
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying import acts
from commonplace.objectifying.models import Bringing, Excerpt, Practice, Version
from commonplace.objectifying.status import Authority, SourceKind
from tests.files.sent import picture, sent, shown
from tests.objectifying.conftest import Crew
from tests.story import Story


@pytest.fixture
def crew(now: datetime, story: Story) -> Crew:
    return Crew(story, now)


@pytest.fixture
def closed(story: Story) -> Community:
    return story.found("apart", "Apart", by=story.facilitator, visibility=Visibility.CLOSED)


@pytest.fixture
def tom(story: Story) -> Person:
    return story.member("Tom")


def opens(story: Story, person: Person, file: File) -> bool:
    return bool(shown(story.browser(person), file).status_code == 200)


def held_by(row: Any) -> set[str]:
    rows = Held.objects.filter(holder=row._meta.label_lower, of=row.pk).everywhere("test")
    return set(rows.values_list("file", flat=True))


def pictures(person: Person, many: int) -> list[File]:
    return [sent(person, picture(size=(9, 9 + at)), f"{at}.jpg") for at in range(many)]


def test_a_question_an_answer_and_a_comment_open_what_they_name(story: Story, lea: Person, tom: Person) -> None:
    asked, answered, commented, other = pictures(lea, 4)
    exchange = story.ask(lea, body=f"Look: {asked.in_markdown()}")
    response = story.respond(lea, exchange, answered.in_markdown())
    story.respond(lea, exchange, f"[this]({commented.get_absolute_url()})", kind="comment", comments_on=response)
    assert [opens(story, tom, one) for one in (asked, answered, commented, other)] == [True, True, True, False]


def test_in_code_a_file_is_not_named(story: Story, lea: Person, tom: Person) -> None:
    file = sent(lea)
    story.ask(lea, body=f"`{file.in_markdown()}`\n\n```\n{file.in_markdown()}\n```")
    assert not opens(story, tom, file)


def test_a_line_taken_out_takes_the_file_with_it(story: Story, lea: Person, tom: Person) -> None:
    one, other = pictures(lea, 2)
    exchange = story.ask(lea, body=f"{one.in_markdown()}\n\n{other.in_markdown()}")
    edited = exchanges.edit(lea, exchange, body=one.in_markdown(), title=exchange.title, seen=exchange.fingerprint)
    assert [opens(story, tom, file) for file in (one, other)] == [True, False]
    exchanges.edit(lea, edited, body="Words alone", title=exchange.title, seen=edited.fingerprint)
    assert not opens(story, tom, one)
    assert opens(story, lea, one)


def test_words_without_files_ask_nothing_of_them(story: Story, lea: Person, django_assert_num_queries: Any) -> None:
    from commonplace.files.holding import hold

    exchange = story.ask(lea)
    with django_assert_num_queries(0):
        hold(exchange, story.community, lea, ["words"], was=["other words"])


def test_an_address_that_its_writer_may_not_open_opens_to_nobody(
    story: Story, lea: Person, tom: Person, closed: Community
) -> None:
    """Until somebody who may read it names it in a text of theirs."""
    canary = sent(story.facilitator)
    story.ask(story.facilitator, of=closed, body=canary.in_markdown())
    assert not opens(story, tom, canary)
    story.ask(tom, body=canary.in_markdown())
    assert not opens(story, tom, canary)
    assert not opens(story, lea, canary)
    story.ask(story.facilitator, body=canary.in_markdown())
    assert opens(story, tom, canary)
    assert opens(story, lea, canary)


def test_nobody_lends_their_rights_to_an_address_that_somebody_else_wrote(
    story: Story, crew: Crew, closed: Community
) -> None:
    """Fay may read the canary, so its picture is shown to her; she did not put it there."""
    canary = sent(crew.fay)
    story.ask(crew.fay, of=closed, body=canary.in_markdown())
    practice = crew.written()
    story.revise(crew.omar, practice, how=f"Bleed it first. {canary.in_markdown()}")
    later = story.revise(crew.fay, practice, why="Air above it comes back, and more comes after it.")
    assert canary.in_markdown() in later.how
    assert not opens(story, crew.omar, canary)
    own = story.revise(crew.fay, practice, why=f"Air. {canary.in_markdown()}", how="Bleed it first.")
    assert held_by(own) == set(), "it stood in the text before"
    story.revise(crew.fay, practice, why="Air above it comes back.")
    story.revise(crew.fay, practice, why=f"Air. {canary.in_markdown()}")
    assert opens(story, crew.omar, canary)


def test_versions_carry_files_along(story: Story, crew: Crew) -> None:
    first, second = pictures(crew.lea, 2)
    practice = crew.written(how=f"So: {first.in_markdown()}")
    later = story.revise(crew.omar, practice, why=f"So: {second.in_markdown()}")
    assert held_by(later) == {first.pk}, "Omar may not open what Lea has laid ready"
    latest = story.revise(crew.lea, practice, limits=f"Not: {second.in_markdown()}", why="Air comes back above it.")
    assert second.pk not in held_by(latest), "it stood there before, and was not held"
    assert first.pk in held_by(latest)
    assert opens(story, crew.ines, first)


def test_what_is_quoted_comes_with_its_pictures_until_it_is_refused(story: Story, crew: Crew) -> None:
    file = sent(crew.omar)
    exchange = story.ask(crew.lea)
    response = story.respond(crew.omar, exchange, f"Bleed it: {file.in_markdown()}")
    story.confirm(crew.lea, response)
    practice = story.distil(crew.lea, exchange, quoted=[response])
    excerpt = Excerpt.objects.everywhere("test").get(practice=practice)
    assert held_by(excerpt) == {file.pk}
    acts.refuse_words(crew.omar, excerpt)
    assert held_by(excerpt) == set()
    assert held_by(response) == {file.pk}


def test_taken_over_it_is_opened_to_the_readers_there(story: Story, crew: Crew, closed: Community) -> None:
    file, hidden = pictures(crew.fay, 2)
    practice = story.bring(crew.fay, of=closed, how=f"So: {file.in_markdown()}", topics=[])
    assert not opens(story, crew.omar, file)
    original = practice.newest_version
    text = Version(**{part: original.words(part) for part in ("context", "how", "why", "limits")})
    whence = Bringing(source_kind=SourceKind.COMMUNITY, authority=Authority.UNKNOWN)
    taken = acts.bring(
        crew.fay, story.community, practice=Practice(title="Ours"), version=text, bringing=whence, original=original
    )
    assert held_by(taken.newest_version) == {file.pk}
    assert opens(story, crew.omar, file)
    assert not opens(story, crew.omar, hidden)


def test_a_table_from_elsewhere_names_no_file(story: Story, crew: Crew) -> None:
    file = sent(crew.lea)
    practice = story.bring(crew.lea, how=file.in_markdown(), batch="0" * 26, whole="handbook.csv", key="1", digest="a")
    assert held_by(practice.newest_version) == set()
    base = practice.newest_version
    text = Version(context=base.context, how=base.how, why=f"{base.why} {file.in_markdown()}", limits=base.limits)
    again = acts.revise(crew.lea, practice, version=text, base=base, digest="b")
    assert held_by(again) == set()


def test_a_report_and_a_challenge_open_what_they_name(story: Story, crew: Crew) -> None:
    reported, reason, case = pictures(crew.ines, 3)
    practice = crew.brought()
    report: Application = story.apply(crew.ines, practice, adaptation=f"Failed: {reported.in_markdown()}")
    assert held_by(report) == {reported.pk}
    from commonplace.objectifying.models import Challenge
    from commonplace.objectifying.status import ChallengeGround

    challenge = Challenge(ground=ChallengeGround.FAILED, reason=reason.in_markdown(), case=case.in_markdown())
    assert held_by(acts.challenge(crew.ines, practice, challenge=challenge)) == {reason.pk, case.pk}


def test_a_text_names_only_so_many(story: Story, lea: Person) -> None:
    addresses = [f"![x](/files/{at:026}/x.jpg)" for at in range(MOST + 1)]
    story.ask(lea, body="\n".join(addresses[:MOST]))
    with pytest.raises(NotPossible, match="40 pictures and files"):
        story.ask(lea, body="\n".join(addresses))


def test_a_text_that_is_gone_is_no_reason_any_more(story: Story, lea: Person, tom: Person) -> None:
    file = sent(lea)
    exchange: Exchange = story.ask(lea, body=file.in_markdown())
    response: Response = story.respond(tom, exchange, file.in_markdown())
    assert held_by(response) == {file.pk}, "Tom reads it where Lea asked"
    exchanges.edit(lea, exchange, body="Never mind", title=exchange.title, seen=exchange.fingerprint)
    assert opens(story, tom, file), "Tom's text stands"
