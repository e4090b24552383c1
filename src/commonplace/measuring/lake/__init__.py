"""The ledger as Parquet files, one a month of recording: what every metric reads, on whatever engine."""

from commonplace.measuring.lake.unread import listed
from commonplace.measuring.lake.writing import Exported, LakeUnusable, acts_to_export, export

__all__ = ["Exported", "LakeUnusable", "acts_to_export", "export", "listed"]
