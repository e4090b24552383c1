"""A deed and its time, before it is known which table tells of it."""

from datetime import datetime

from commonplace.demo.happening import Deed

Timed = tuple[datetime, Deed]
