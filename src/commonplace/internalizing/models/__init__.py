from commonplace.internalizing.models.application import Application, ApplicationQuerySet, Outcome
from commonplace.internalizing.models.document import Document, DocumentKind, DocumentQuerySet

__all__ = ["Application", "ApplicationQuerySet", "Document", "DocumentKind", "DocumentQuerySet", "Outcome"]
