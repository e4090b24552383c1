from commonplace.internalizing.models.application import Application, ApplicationQuerySet, Outcome
from commonplace.internalizing.models.document import Document, DocumentQuerySet, Found

__all__ = ["Application", "ApplicationQuerySet", "Document", "DocumentQuerySet", "Found", "Outcome"]
