"""What an exchange, a response, a confirmation and a closing can be (theory §1.2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    REQUEST = "request", _("Request: I need something that someone may know")
    OFFER = "offer", _("Offer: I know something that others may need")
    PROBLEM = "problem", _("Problem: let us find out together")
    STORY = "story", _("Story: this happened, and I learned from it")


# Whether it helped: who asked can tell; of what was given, whoever took it up.
ASKED, GIVEN = (Kind.REQUEST, Kind.PROBLEM), (Kind.OFFER, Kind.STORY)


class Purpose(models.TextChoices):
    REUSE = "reuse", _("Re-use: somebody knows this already")
    CREATION = "creation", _("Creation: nobody knows this yet")


# What somebody brings, as one would say it; whether it is known already is asked of what was asked.
BROUGHT = {
    (Kind.REQUEST, Purpose.REUSE): _("A question that somebody may know the answer to"),
    (Kind.REQUEST, Purpose.CREATION): _("A question that nobody has an answer to yet"),
    (Kind.PROBLEM, Purpose.REUSE): _("A problem that somebody may have solved already"),
    (Kind.PROBLEM, Purpose.CREATION): _("A problem to find out about together"),
    (Kind.OFFER, Purpose.REUSE): _("Something that somebody knows and offers"),
    (Kind.STORY, Purpose.REUSE): _("Something that somebody tells"),
}

IN_A_WORD = {
    Kind.REQUEST: _("Question"),
    Kind.OFFER: _("Offer"),
    Kind.PROBLEM: _("Problem"),
    Kind.STORY: _("Story"),
}


class Status(models.TextChoices):
    """SHARED: what was given waits for nobody, from its beginning; whoever takes it up may say that it helped."""

    OPEN = "open", _("waiting for a response")
    SHARED = "shared", _("shared")
    ANSWERED = "answered", _("answered")
    RESOLVED = "resolved", _("it helped")
    UNRESOLVED = "unresolved", _("closed without a solution")


UNFINISHED = (Status.OPEN, Status.ANSWERED)
# Of what an archive brought unfinished and nobody here took up.
IN_ITS_ARCHIVE = {
    Status.OPEN: _("no answer in the archive"),
    Status.ANSWERED: _("not confirmed in the archive"),
}


class ResponseKind(models.TextChoices):
    ANSWER = "answer", pgettext_lazy("what stands beneath a question", "Answer")
    COMMENT = "comment", _("Comment")


class Benefit(models.TextChoices):
    """What an answer gives, after Cross et al.; unknown for archives that do not say."""

    SOLUTION = "solution", _("It solved it")
    META_KNOWLEDGE = "meta_knowledge", _("It told me whom or where to ask")
    REFORMULATION = "reformulation", _("It helped me see the problem differently")
    VALIDATION = "validation", _("It confirmed what I thought")
    LEGITIMATION = "legitimation", _("It gave me the standing to go ahead")
    UNKNOWN = "unknown", _("It helped")


class WhyUnresolved(models.TextChoices):
    NOBODY_KNEW = "nobody_knew", _("Nobody knew")
    ELSEWHERE = "elsewhere", _("I found it elsewhere")
    NO_LONGER_NEEDED = "no_longer_needed", _("It is no longer needed")
    OTHER = "other", _("Something else")


class LinkKind(models.TextChoices):
    LINKED = "linked", _("See also")
    DUPLICATE = "duplicate", _("The same was asked before")
