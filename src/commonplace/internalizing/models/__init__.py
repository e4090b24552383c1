from commonplace.internalizing.models.application import Application, ApplicationQuerySet, Help, Outcome
from commonplace.internalizing.models.document import Document, DocumentQuerySet

__all__ = ["Application", "ApplicationQuerySet", "Document", "DocumentQuerySet", "Help", "Outcome"]
