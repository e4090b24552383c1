"""What a file of a member can be: known by its content, never by what whoever sent it called it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    PICTURE = "picture", _("Picture")
    PDF = "pdf", _("PDF")
    TEXT = "text", _("Text")
    OFFICE = "office", _("Document")
