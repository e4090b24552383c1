"""What people call the fields of a practice, in English and French: over columns, before a text, over its parts."""

import re
from typing import Final

from commonplace.untrusted.visible import folded

PARTS: Final = ("when", "how", "why", "limits")
FIELDS: Final = ("title", *PARTS, "source", "authority", "owner", "since", "audience", "key", "link", "topics")
SEVERAL: Final = (*PARTS, "topics")
"""Those that several columns may hold together."""
STATUS: Final = "status"
"""Whether it is in force, in the words of its source."""
LEFT_OUT: Final = "left-out"
"""By hand: not even kept in the text."""

_NAMES: Final = {
    "title": "title, name, practice, subject, titre, intitule, nom, pratique, objet, designation, libelle",
    "when": "when, when to use, when to use it, context, situation, occasion, trigger, scope, quand, contexte,"
    " cas d'usage, cas d'emploi, declencheur, domaine d'application, champ d'application, quand l'utiliser",
    "how": "how, how to, how to do it, how it is done, steps, procedure, process, instructions, method, what to do,"
    " text, description, comment, comment faire, etapes, processus, mode operatoire, methode,"
    " marche a suivre, demarche, deroulement, que faire, texte",
    "why": "why, reason, reasons, rationale, purpose, justification, motivation, pourquoi, raison, raisons, motif,"
    " motifs, but, finalite, justifications",
    "limits": "limits, limit, limitations, exceptions, exception, restrictions, when not to, when not to use it,"
    " caveats, limites, limite, quand ne pas l'utiliser, reserves, restriction",
    "source": "source, sources, origin, origine, provenance, taken from, tire de",
    "authority": "authority, in force by, force, binding, status of authority, autorite, caractere, en vigueur par,"
    " force obligatoire, obligation",
    "owner": "owner, responsible, responsible person, process owner, responsable, proprietaire, pilote, porteur,"
    " referent",
    "since": "since, since when, in use since, in force since, effective, effective date, effective from, valid from,"
    " depuis, depuis quand, en vigueur depuis, en usage depuis, applicable depuis, date d'application,"
    " date d'effet, valable depuis",
    "audience": "audience, for whom, intended for, applies to, public, destinataires, pour qui, public vise,"
    " s'applique a, concerne",
    "key": "key, id, identifier, number, no, nr, ref, reference, code, cle, identifiant, numero, n°, cote",
    STATUS: "status, state, statut, etat",
    "topics": "topics, topic, tags, tag, keywords, keyword, key words, labels, themes, theme, sujets, sujet, mots-cles,"
    " mot-cle, mots cles, mot cle, etiquettes, etiquette, thematiques, thematique",
    "link": "link, url, address, original, web address, lien, adresse, lien vers l'original, adresse web",
}
# Over a column of names it is what the rows are; beside a column of titles it is what to do.
TITLE_OR_HOW: Final = "procedure"
# In English what somebody remarked: it is what to do only where nothing else is.
HOW_OR_REMARK: Final = "comment"
_SIGNS: Final = re.compile(r"\([^()]*\)|[*:?.]+\s*\Z|\A[\d.)\s]+(?=\w)")


def known_as(heading: str) -> str:
    """What two headings have in common that say the same; without numbers before it, marks and remarks in brackets."""
    return folded(_SIGNS.sub(" ", folded(heading).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").replace("_", " ")))


_FIELD_OF: Final = {known_as(name): field for field, names in _NAMES.items() for name in names.split(",")}
# In a table the text itself; before a text what it is about, and over a part of it anything.
_OF_TABLES: Final = frozenset(("text", "texte", "description"))


def field_of(heading: str, of_table: bool = False) -> str:
    """The field that a column or a line before the text is called after; empty if none."""
    name = known_as(heading)
    return _FIELD_OF.get(name, "") if of_table or name not in _OF_TABLES else ""


def part_of(heading: str) -> str:
    """The part that stands below such a heading of a text."""
    return field if (field := field_of(heading)) in PARTS else ""
