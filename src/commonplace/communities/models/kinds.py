"""What there are kinds of: visibilities and stages of a community, roles of its people, experience of its work."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    OPEN = "open", _("Open: everyone here may read and join")
    CLOSED = "closed", _("Closed: listed; joining is on request")
    PRIVATE = "private", _("Private: not listed; joining is by invitation")


IN_A_WORD = {
    Visibility.OPEN: _("an open community"),
    Visibility.CLOSED: _("a closed community"),
    Visibility.PRIVATE: _("a private community"),
}
WIDTH = (Visibility.PRIVATE, Visibility.CLOSED, Visibility.OPEN)


class Stage(models.TextChoices):
    POTENTIAL = "potential", _("Potential: finding each other")
    COALESCING = "coalescing", _("Coalescing: building trust, first value")
    MATURING = "maturing", _("Maturing: settling what it is about, and who does what")
    STEWARDSHIP = "stewardship", _("Stewardship: keeping it fresh and owned")
    TRANSFORMATION = "transformation", _("Transformation: letting go, splitting, closing well")


AT_WORK_ON = {
    Stage.POTENTIAL: _("finding each other"),
    Stage.COALESCING: _("building trust, first value"),
    Stage.MATURING: _("settling what it is about, and who does what"),
    Stage.STEWARDSHIP: _("keeping it fresh and owned"),
    Stage.TRANSFORMATION: _("letting go, splitting, closing well"),
}


class RoleKind(models.TextChoices):
    FACILITATOR = "facilitator", _("Facilitator")
    STEWARD = "steward", _("Steward")
    SPONSOR = "sponsor", _("Sponsor")


class Experience(models.TextChoices):
    """Asked on joining: is this work new to you? Not: is this site new to you."""

    NEW = "new", _("This work is new to me")
    EXPERIENCED = "experienced", _("I have done this work before")
    UNSAID = "", _("I would rather not say")
