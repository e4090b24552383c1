from commonplace.internalizing.models.application import (
    LONGEST_ADAPTATION,
    Application,
    ApplicationQuerySet,
    Help,
    Outcome,
)
from commonplace.internalizing.models.document import Document, DocumentQuerySet

__all__ = [
    "LONGEST_ADAPTATION",
    "Application",
    "ApplicationQuerySet",
    "Document",
    "DocumentQuerySet",
    "Help",
    "Outcome",
]
