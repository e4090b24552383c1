"""What files bring to other pages: to one's own, all that one sent; to the operator's, how much room there is."""

from dataclasses import dataclass
from typing import Any, ClassVar

from commonplace.communities.contributions import Panel, Panels
from commonplace.communities.models import Installation, Person
from commonplace.files import limits
from commonplace.files.models import File
from commonplace.files.sizes import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class MinePanel(Panel):
    template: ClassVar[str] = "files/mine.jinja"
    files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomPanel(Panel):
    template: ClassVar[str] = "files/room.jinja"
    files: int
    used: str
    most: str


def _of_a_person(person: Any, row: Any) -> MinePanel:
    rows = File.objects.filter(owner=person.pk).everywhere("one's own: what others may read of it is another question")
    return MinePanel(files=rows.count())


def _of_the_store(person: Any, installation: Any) -> RoomPanel:
    now = limits.kept()
    return RoomPanel(files=now.files, used=in_words(now.size), most=in_words(now.most))


CONTRIBUTIONS = (
    Panels("files_of_a_person", Person, _of_a_person),
    Panels("files_of_all", Installation, _of_the_store),
)
