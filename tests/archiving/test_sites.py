"""Sites told apart: what the numbers of two sites share is never taken for one record."""

from pathlib import Path
from typing import Any

import pytest

from commonplace.archiving.importing import Order, bring_in
from commonplace.archiving.importing.tally import Tally
from commonplace.archiving.models import Site
from commonplace.archiving.sites import address
from commonplace.communities.models import Membership, Person
from commonplace.externalizing.models import Exchange, Response, Revision
from commonplace.ledger.check import findings
from commonplace.untrusted.refused import Refused
from tests.archiving.dumps import Row, answer, comment, question, small, write
from tests.story import Story

Files = dict[str, list[Row]]
APART = "https://one.example.org", "https://two.example.org", "https://three.example.org"


@pytest.fixture
def bring(story: Story, tmp_path: Path) -> Any:
    def brought(files: Files, folder: str = "dump", **order: str) -> Tally:
        asked = Order("stackexchange", write(tmp_path / folder, files), story.community.slug, **order)
        return bring_in(asked, story.facilitator)

    return brought


def of_year(year: str, users: bool = True) -> Files:
    """The same numbers and names on another site, in another year."""
    files = {name: [{**row} for row in rows] for name, rows in small().items()}
    for row in (row for rows in files.values() for row in rows if "CreationDate" in row):
        row["CreationDate"] = row["CreationDate"].replace("2016", year)
    for row in files["Posts"]:
        row["Body"] = f"<p>Of {year}.</p>"
    return files if users else {name: rows for name, rows in files.items() if name != "Users"}


def contents() -> list[tuple[Any, ...]]:
    exchanges = Exchange.objects.everywhere("test").values_list("pk", "title", "body", "opened_at", "opener__name")
    responses = Response.objects.everywhere("test").values_list("pk", "body", "responded_at", "author__name")
    return [*sorted(exchanges), *sorted(responses)]


@pytest.mark.parametrize("users", [True, False])
def test_three_sites_in_one_community_never_touch_each_other(bring: Any, users: bool) -> None:
    there: list[tuple[Any, ...]] = []
    for year, site in zip(("2016", "2017", "2018"), APART, strict=True):
        numbers = bring(of_year(year, users), site=site).as_json()
        assert (numbers["exchanges"], numbers["responses"], numbers["updated"]) == (2, 2, 0)
        assert set(there) <= set(contents())
        there = contents()
    assert len(there) == 3 * 6
    for year, site in zip(("2016", "2017", "2018"), APART, strict=True):
        again = bring(of_year(year, users), **({} if users else {"site": site}))
        assert again.counts.total() == again.counts["unchanged"]
    assert contents() == there
    assert not Revision.objects.everywhere("test").exists()
    assert list(findings()) == []


@pytest.mark.parametrize("users", [True, False])
def test_an_archive_that_does_not_tell_its_site_asks_for_it(bring: Any, users: bool) -> None:
    """Its texts could not say where they were written."""
    with pytest.raises(Refused, match="--site"):
        bring(of_year("2016", users))
    assert not Exchange.objects.everywhere("test").exists()
    assert bring(of_year("2016", users), folder="ai.stackexchange.com").counts["exchanges"] == 2


def test_another_site_under_the_same_address_is_refused(bring: Any) -> None:
    bring(of_year("2016", users=False), site=APART[0])
    before = contents()
    with pytest.raises(Refused, match="this looks like another site: 6 of 6"):
        bring(of_year("2017", users=False), site=APART[0])
    assert contents() == before


def test_sites_that_share_all_marks_are_refused_or_told_apart_by_their_address(bring: Any) -> None:
    bring(small(), site=APART[0])
    before, other = contents(), of_year("2017") | {"Users": small()["Users"]}
    with pytest.raises(Refused, match="this looks like another site"):
        bring(other)
    assert contents() == before
    assert bring(other, site=APART[1]).counts["exchanges"] == 2
    assert set(before) < set(contents())


def test_the_same_records_under_a_mistyped_address_do_not_come_in_twice(bring: Any) -> None:
    bring(small(), site=APART[0])
    before = contents()
    with pytest.raises(Refused, match=f"as those of {APART[0]}: give --site {APART[0]}"):
        bring(small(), site=APART[1])
    assert contents() == before


def test_an_address_with_another_first_account_is_another_site(bring: Any) -> None:
    bring(small(), site=APART[0])
    with pytest.raises(Refused, match="this looks like another site than https://one"):
        bring(of_year("2017"), site=APART[0])


def test_the_name_of_the_archive_that_says_otherwise_is_asked_about(bring: Any) -> None:
    bring(small(), folder="ai.stackexchange.com")
    with pytest.raises(Refused, match="its name says https://bio"):
        bring(small(), folder="bio.stackexchange.com")
    assert bring(small(), folder="bio.stackexchange.com", site="ai.stackexchange.com").counts["unchanged"] == 12


def test_a_site_is_known_again_by_address_or_mark(bring: Any) -> None:
    bring({name: rows for name, rows in small().items() if name != "Users"}, site=APART[0])
    assert bring(small(), site=APART[0]).counts["exchanges"] == 0
    assert bring(small(), folder="unnamed").counts["unchanged"] == 12
    (site,) = Site.objects.all()
    assert (site.address, site.mark[:10]) == (APART[0], "2016-08-01")


def test_accounts_that_come_later_are_of_those_who_wrote(bring: Any) -> None:
    bring(of_year("2016", users=False), site=APART[0])
    assert {person.name for person in Person.objects.filter(email=None)} == {"user1", "user2", "user3"}
    bring(of_year("2016"), site=APART[0])
    named = {person.name for person in Person.objects.filter(email=None)}
    assert named == {"Community", "Person 1", "Person 2", "Person 3"}
    assert Membership.objects.everywhere("test").filter(person__email=None).count() == 4
    assert list(findings()) == []


MANY: Files = {"Posts": [question(number) for number in range(1, 9)] + [answer(9, of=1)]}


def changed(number: int, **more: str) -> Files:
    return {"Posts": [row | more if row["Id"] == str(number) else row for row in MANY["Posts"]]}


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"CreationDate": "2016-08-02T09:00:01.000", "Body": "<p>Other</p>"}, "written at another time"),
        ({"CreationDate": "2016-08-02T09:00:01.000"}, "written at another time"),
        ({"OwnerUserId": "7", "Body": "<p>Other</p>"}, "written by somebody else"),
    ],
)
def test_a_record_of_another_writer_or_time_is_never_updated(bring: Any, other: Row, reason: str) -> None:
    bring(MANY, site=APART[0])
    before = contents()
    newer = changed(1, **other)
    newer["Posts"].append(answer(10, of=1))
    newer["Comments"] = [comment(1, on=1)]
    cause, *hanging = bring(newer, site=APART[0]).quarantined
    assert (cause.place, cause.because) == ("exchange 1", "")
    assert reason in cause.reason
    assert "this looks like another site" in cause.reason
    assert {(one.place, one.because) for one in hanging} >= {("answer 10", "exchange 1"), ("comment 1", "exchange 1")}
    assert contents() == before


def test_whose_account_is_gone_there_stays_the_author_here(bring: Any) -> None:
    """The site writes a name in its place; the words are the same, so nothing changes."""
    bring(MANY, site=APART[0])
    before = contents()
    assert bring(changed(1, OwnerUserId="", OwnerDisplayName="user1"), site=APART[0]).counts["unchanged"] == 9
    assert contents() == before


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("ai.stackexchange.com", "https://ai.stackexchange.com"),
        (" HTTPS://AI.stackexchange.com/ ", "https://ai.stackexchange.com"),
        ("http://localhost:8080", "http://localhost:8080"),
    ],
)
def test_an_address_is_spelt_in_one_way(given: str, meant: str) -> None:
    assert address(given) == meant


@pytest.mark.parametrize(
    "given", ["ai stack exchange", "javascript:x", "conlang", "https://a/b?c", "x" * 100, "https://", "é.org"]
)
def test_what_is_no_address_is_refused(given: str) -> None:
    with pytest.raises(Refused, match="no address of a site"):
        address(given)
