"""XLSX: the values that were stored last. No formula is reckoned, no other workbook opened."""

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final

from commonplace.untrusted.documents.found import Noted, Place, Read, Refused
from commonplace.untrusted.documents.limits import MOST_COLUMNS
from commonplace.untrusted.documents.packages import looked_through
from commonplace.untrusted.documents.reasons import Unreadable
from commonplace.untrusted.documents.rows import Cell, Unread, documents

_ERRORS: Final = frozenset(("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"))
# Where its reader would leave out a sheet and go on.
_LOSES_A_SHEET: Final = "(?s).*invalid (?:specification|dependency)"
_RETURN: Final = re.compile("_x000[dD]_")


def of_workbook(data: bytes, place: Place, by_hand: Mapping[str, str]) -> Iterator[Read]:
    """Each sheet is a table by itself: one that cannot be read does not keep out the others."""
    from openpyxl import load_workbook  # takes longer than reading most texts

    package = looked_through(data, place.file)
    if package.has_macros:
        yield Noted(place, "macros")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.filterwarnings("error", message=_LOSES_A_SHEET)
        workbook = load_workbook(package.data, read_only=True, data_only=True, keep_links=False)
    if len(workbook.sheetnames) < package.tags["sheet"]:  # one that cannot be reached is left out without a word
        raise Unreadable("unreadable")
    for sheet in workbook.worksheets:
        here = replace(place, sheet=str(sheet.title))
        if sheet.sheet_state != "visible":
            yield Noted(here, "hidden_sheet")
            continue
        without_result = package.without_result.get(str(sheet._worksheet_path).lstrip("/"), set())
        try:
            yield from documents(here, _cells(sheet, without_result), by_hand)
        except Unreadable as unreadable:
            yield Refused(here, unreadable.why, unreadable.values)


def _cells(sheet: Any, without_result: set[tuple[int, int]]) -> Iterator[tuple[int, list[Cell]]]:
    sheet.reset_dimensions()  # a sheet may say that it has a million rows
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), 1):
        if row.count(None) < len(row) or without_result:
            yield number, [_cell(value, (number, at) in without_result) for at, value in enumerate(row, 1)]


def _cell(value: Any, without_result: bool) -> Cell:
    if without_result:
        return Unread("not_calculated")
    if isinstance(value, str):
        return Unread("cell_error", value) if value in _ERRORS else _RETURN.sub("", value)
    return "" if value is None else _written(value)


def _written(value: Any) -> str:
    """As a person would write it who copies the table by hand."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date | time) else str(value)
