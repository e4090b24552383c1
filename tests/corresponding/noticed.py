"""What somebody was told, by the names of occasion and reason; what stands in the centre for them."""

import re

from commonplace.communities.models import Person
from commonplace.corresponding.models import Notice
from tests.story import Story


def noticed(person: Person, *names: str) -> list[tuple[str, str]]:
    """`names`: of these occasions only."""
    return [(row.occasion, row.because) for row in rows(person, *names)]


def rows(person: Person, *names: str) -> list[Notice]:
    mine = Notice.objects.filter(person=person).everywhere("test").order_by("pk")
    return [row for row in mine if row.occasion in names or not names]


def forgotten() -> None:
    """What came before does not matter."""
    Notice.objects.everywhere("test").delete()


def words(story: Story, person: Person, at: str = "/notices/") -> str:
    main = story.browser(person).get(at).content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>|·", " ", main).split())


def badge(story: Story, person: Person, at: str = "/") -> str:
    html = story.browser(person).get(at).content.decode()
    found_in = re.search(r'id="unread".*?>Notices</span>\s*(?:<b>(\d+\+?))?', html, re.DOTALL)
    assert found_in, at
    return found_in[1] or ""
