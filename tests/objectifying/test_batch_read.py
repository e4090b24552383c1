"""Many at once: topics, dates that read two ways, and a source by another spelling of its name."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from commonplace.objectifying import acts
from commonplace.objectifying.batches.sources import alike
from commonplace.objectifying.models import Practice
from tests.objectifying.conftest import Crew
from tests.objectifying.test_batch_pages import confirmed, everything, laid_out
from tests.objectifying.test_pages import HERE, shown

DATED = "Title\tHow\tSince\n"


def page_of(crew: Crew, pasted: str, **typed: object) -> tuple[str, str]:
    """The address of what Lea laid out, and its words."""
    lea = crew.story.browser(crew.lea)
    at = laid_out(lea, pasted=pasted, **typed)
    return at, shown(lea, at)


def since(practice: Practice) -> date | None:
    return practice.bringing.since_on


def test_the_topics_of_a_row_are_shown_and_are_those_of_its_practice(crew: Crew) -> None:
    at, page = page_of(crew, "Title\tHow\tMots-clés\nPrime it\tFill it\tpumps; Night shift | #valves, PUMPS")
    assert "pumps, Night shift, valves" in page
    confirmed(crew.story.browser(crew.lea), at)
    assert [topic.name for topic in everything()[0].topics] == ["Night shift", "pumps", "valves"]


def test_a_list_before_a_text_are_its_topics(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    text = b"---\ntitle: Prime it\ntags:\n  - pumps\n  - night shift\n---\n\nFill it."
    confirmed(lea, laid_out(lea, documents=[SimpleUploadedFile("a.md", text)]))
    assert [topic.name for topic in everything()[0].topics] == ["night shift", "pumps"]


def test_topics_too_long_or_too_many_are_told_and_no_row_is_lost_by_them(crew: Crew) -> None:
    many = ", ".join(["x" * 61, *(f"topic {n}" for n in range(1, 9))])
    at, page = page_of(crew, f'Title\tHow\tTopics\nPrime it\tFill it\t"{many}"')
    assert f"left out, as at most six come in, each of at most 60 characters: {'x' * 60}…, topic 7, topic 8." in page
    confirmed(crew.story.browser(crew.lea), at)
    assert [topic.name for topic in everything()[0].topics] == [f"topic {n}" for n in range(1, 7)]


def test_topics_that_it_has_there_and_not_here_are_told_and_change_nothing(crew: Crew) -> None:
    table = "Title\tHow\tTopics\nPrime it\tFill it\tpumps"
    confirmed(crew.story.browser(crew.lea), page_of(crew, table)[0])
    [practice] = everything()
    acts.file_under(crew.omar, practice, topics=["priming"])
    assert "There it is now: on pumps." in page_of(crew, table)[1]
    acts.file_under(crew.omar, practice, topics=["Pumps", "priming"])
    assert "There it is now" not in page_of(crew, table)[1]


def test_a_date_that_reads_two_ways_is_told_and_is_read_otherwise_without_another_upload(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    at, page = page_of(crew, f"{DATED}Prime it\tFill it\t03/04/2021\nBleed it\tOpen it\t2021-05-06\n")
    assert page.count("the day first. It could be the month.") == 1
    assert "“03/04/2021” is read as" in page
    answer = lea.post(f"{at}/columns", {"dates": "month"}, follow=True)
    at, page = answer.redirect_chain[-1][0], answer.content.decode()
    assert "the month first. It could be the day." in page
    confirmed(lea, at)
    assert {practice.title: since(practice) for practice in everything()} == {
        "Prime it": date(2021, 3, 4),
        "Bleed it": date(2021, 5, 6),
    }


@pytest.mark.parametrize(("other", "day"), [("12/25/2020", date(2021, 3, 4)), ("25/12/2020", date(2021, 4, 3))])
def test_it_is_read_as_the_others_of_its_column_are_written(crew: Crew, other: str, day: date) -> None:
    at, _ = page_of(crew, f"{DATED}Prime it\tFill it\t03/04/2021\nBleed it\tOpen it\t{other}\n")
    confirmed(crew.story.browser(crew.lea), at)
    assert since(everything()[1]) == day


def test_what_was_said_of_columns_stays_when_dates_are_read_otherwise(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    at, _ = page_of(crew, "Title\tAblauf\tSince\nPrime it\tFill it\t03/04/2021\n")
    at = lea.post(f"{at}/columns", {"column_0": "how", "dates": "month"}, follow=True).redirect_chain[-1][0]
    page = lea.post(f"{at}/columns", {"column_0": "how"}, follow=True).content.decode()
    assert "the month first" in page


def test_another_spelling_of_a_source_is_told_and_one_press_takes_the_known_name(crew: Crew) -> None:
    lea, table = crew.story.browser(crew.lea), "Title\tHow\nPrime it\tFill it\nBleed it\tOpen it"
    confirmed(lea, laid_out(lea, pasted=table))
    at, page = page_of(crew, table, called="WORKS-HANDBOOK (3rd edition)")
    assert "2 come in as new" in page
    assert "from which 2 practices are here" in page
    assert "It is “Works handbook”" in page
    assert (
        crew.story.browser(crew.omar).post(f"{at}/source", {"spelled": "WORKS-HANDBOOK (3rd edition)"}).status_code
        == 404
    )
    page = lea.post(f"{at}/source", {"spelled": "WORKS-HANDBOOK (3rd edition)"}, follow=True).content.decode()
    assert "2 are here already, unchanged" in page
    assert "It is “" not in page
    assert "<h1>Works handbook" in page


def test_also_of_a_source_that_a_column_names_and_when_it_is_read_again(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    table = "Title\tHow\tSource\tVon\nPrime it\tFill it\t{}\tAnn"
    confirmed(lea, laid_out(lea, pasted=table.format("Régles")))
    at, _ = page_of(crew, table.format("regles"))
    assert "1 is here already" in lea.post(f"{at}/source", {"spelled": "regles"}, follow=True).content.decode()
    page = lea.post(f"{at}/columns", {"column_0": "owner"}, follow=True).content.decode()
    assert "comes in as new" not in page


def test_a_source_that_nobody_here_knows_is_taken_for_no_other(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    confirmed(lea, laid_out(lea, pasted="Title\tHow\nPrime it\tFill it", called="ISO 9001"))
    at, page = page_of(crew, "Title\tHow\nPrime it\tFill it", called="ISO 14001")
    assert "It is “" not in page
    assert "1 comes in as new" in lea.post(f"{at}/source", {"spelled": "ISO 14001"}, follow=True).content.decode()


def test_the_form_offers_the_sources_that_are_known_here(crew: Crew) -> None:
    lea = crew.story.browser(crew.lea)
    confirmed(lea, laid_out(lea, pasted="Title\tHow\nPrime it\tFill it"))
    page = shown(lea, f"{HERE}batches/new")
    assert 'list="known_sources"' in page
    assert '<option value="Works handbook">' in page
    here = crew.story.found("other", "Other", by=crew.omar)
    page = shown(crew.story.browser(crew.omar), f"/c/{here.slug}/practices/batches/new")
    assert 'Works handbook"' not in page


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Works handbook", "works  HANDBOOK", True), ("Works handbook", "Workshandbook, 2nd ed.", True),
        ("Règlement intérieur", "reglement interieur – nouvelle édition", True), ("Handbook v3.1", "Handbook", True),
        ("Handbook 2024 edition", "Handbook, edition 2023", True), ("Works handbook", "Work handbook", False),
        ("ISO 9001", "ISO 14001", False), ("Edition 3", "Edition 4", False), ("Volume 1", "Volume 2", False),
        ("Handbook 1", "Handbook 2", False), ("New handbook", "Handbook", False),
    ],
)  # fmt: skip
def test_only_case_spaces_accents_signs_and_the_edition_make_no_other_source(one: str, other: str, same: bool) -> None:
    assert (alike(one) == alike(other)) is same
