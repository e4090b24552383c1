"""What the page of a round shows one reader: made of rows that are read once, without asking anything per row."""

from commonplace.consenting.presenting.round import Presented, presented

__all__ = ["Presented", "presented"]
