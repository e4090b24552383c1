"""The ledger as Parquet files, segments by number of act: what every metric reads, on whatever engine."""

from commonplace.measuring.lake.place import Place
from commonplace.measuring.lake.unread import listed
from commonplace.measuring.lake.unusable import LakeUnusable
from commonplace.measuring.lake.writing import Exported, acts_to_export, export

__all__ = ["Exported", "LakeUnusable", "Place", "acts_to_export", "export", "listed"]
