"""How an exchange stands, and how much was said in it: what follows from its acts. Pure: acts and replay share it."""

from dataclasses import dataclass

from commonplace.externalizing.models.kinds import Status


@dataclass(frozen=True, slots=True)
class Course:
    """`over`: nothing waits in it: it helped, was closed, was given, or an archive brought it unfinished and nobody
    here took it up.

    `answers` and `comments`, whoever wrote them. `newest`: the last answer; `helped`: the first one that was confirmed;
    "" for none.
    """

    community: str = ""
    opener: str = ""
    status: str = Status.OPEN
    over: bool = False
    answers: int = 0
    comments: int = 0
    newest: str = ""
    helped: str = ""
