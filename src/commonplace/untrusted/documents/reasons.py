"""Why something is set aside, or not all of it was read, and what to do about it."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

AUTHORITIES: Final = _("imposed, agreed elsewhere, habit, unknown")

SENTENCES: Final = {
    # Files.
    "kind": _(
        "%(kind)s files are not read here. Save it as DOCX, HTML or Markdown, or a table as XLSX or CSV, and bring "
        "it again."
    ),
    "archive": _(
        "This cannot be opened: it is damaged, locked with a password, holds links or too many files, or unpacks to "
        "too much. Pack it anew, or bring its documents by themselves."
    ),
    "nothing": _("There is no document in it: give Markdown, HTML, DOCX, CSV or XLSX files."),
    "too_many_files": _("There are more than %(most)s documents in it. Bring them in several parts."),
    "more_than_all": _(
        "There are more than %(megabytes)s MB of documents in it, or reading them took more than %(seconds)s seconds: "
        "this one and those after it were not read. Bring them by themselves."
    ),
    "too_large": _("This file is larger than %(most)s MB. Divide it, or take out its pictures, and bring it again."),
    "too_long": _("This text has more than %(most)s letters. Divide it and bring it again."),
    "too_much": _("This file asks for more memory than a document may. Divide it and bring it again."),
    "too_slow": _("Reading this file took longer than %(most)s seconds. Divide it and bring it again."),
    "empty": _("There are no words in it. Is it the file that you meant?"),
    "unreadable": _("This file is damaged or not built as its kind is. Open it, save it anew, and bring it again."),
    "not_text": _("This is not a text, whatever its name says. Is it the file that you meant?"),
    "encoding": _("The letters of this file cannot be told for sure. Save it as UTF-8 and bring it again."),
    "front": _(
        "Line %(line)s before the text is not like “name: value”. Correct it, or close the lines before the text with "
        "a line of three dashes."
    ),
    "nested": _("Things stand within things too deeply in this file. Simplify it and bring it again."),
    "old_or_locked": _(
        "This file is of an old kind, or locked with a password. Save it as DOCX or XLSX without a password, and "
        "bring it again."
    ),
    "package": _("This file is damaged, or made to do harm. Save it anew and bring it again."),
    "entities": _(
        "This file declares a document type or an entity, which may read other files or explode. Save it anew in a "
        "word processor or spreadsheet, and bring it again."
    ),
    # Tables.
    "no_title": _(
        "No column is known as the title. The headings are: %(headings)s. Say which of them is the title, or name it "
        "“title”."
    ),
    "two_columns": _("Two columns say the same (%(headings)s). Say which of them is meant, or rename one."),
    "quotation": _("A quotation mark is not closed, or stands in a strange place, at line %(line)s. Correct it there."),
    "too_many_rows": _("This table has more than %(most)s rows. Divide it and bring it again."),
    "too_many_columns": _("This table has more than %(most)s columns. Take out those that are not needed."),
    # Rows.
    "row_without_title": _("This row has no title. Give it one."),
    "row_too_wide": _(
        "This row has more cells than there are headings. Does a text hold the sign that separates the cells? "
        "Put it between quotation marks."
    ),
    "cell_error": _("The column %(heading)s holds an error (%(value)s). Correct the formula or write the value."),
    "not_calculated": _(
        "The column %(heading)s holds a formula without a result. Open the table in a spreadsheet, save it, and bring "
        "it again."
    ),
    # Values.
    "date": _("The date “%(value)s” cannot be read. Write it as 2021-03-25, 25.3.2021, or the year alone."),
    "authority": _("“%(value)s” does not say by whose word it is in force. Write one of: %(words)s."),
    # What is read all the same.
    "unknown_columns": _("These columns are not known and kept as they are: %(headings)s."),
    "known_columns": _("Its columns are read as: %(headings)s."),
    "above_headings": _("What stands above the headings was left out: %(words_there)s."),
    "macros": _("Its macros were left out; the text is read."),
    "hidden_sheet": _("This sheet is hidden and was left out. Show it and bring the file again if it is meant."),
    "pictures": _("Its pictures stay where they are, and the text says what they are called: %(pictures)s."),
    "left_out": _("Pictures, formulas, charts and embedded files in it were left out. Look at the original."),
}


def sentence(why: str, values: Mapping[str, str | int]) -> str:
    return str(SENTENCES[why]) % {"words": AUTHORITIES, **values}


class Unreadable(Exception):
    """Raised while one document is read; whoever reads it knows the place, and maybe `known`, as `Refused` has it."""

    known: Mapping[str, str] = {}

    def __init__(self, why: str, **values: str | int) -> None:
        super().__init__(why)
        self.why, self.values = why, values
