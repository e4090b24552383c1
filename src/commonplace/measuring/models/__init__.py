from commonplace.measuring.models.figure import Figure, FigureQuerySet, current
from commonplace.measuring.models.opening import Opening

__all__ = ["Figure", "FigureQuerySet", "Opening", "current"]
