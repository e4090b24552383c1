"""The first line of a table says what stands in which column, in the words that programs and people use."""

from dataclasses import dataclass, field
from typing import Final

from commonplace.communities.roster import lines
from commonplace.communities.roster.people import ADDRESS, Candidate, is_address
from commonplace.untrusted.visible import folded

WORDS: Final = {
    "name": """
        name full_name display_name member participant contact nom nom_complet nom_et_prénom participant_e
        vollständiger_name teilnehmer nombre nombre_completo nombre_y_apellidos nome nome_completo naam navn
        namn imię_i_nazwisko 姓名 名前 氏名 имя фио الاسم שם
    """,
    "surname": """
        surname last_name family_name nom_de_famille nachname familienname apellido apellidos cognome
        sobrenome achternaam etternavn efternavn efternamn nazwisko фамилия 姓
    """,
    "forename": """
        forename first_name given_name christian_name prénom vorname nombre_de_pila primeiro_nome voornaam
        fornavn förnamn imię 名
    """,
    "email": """
        email e_mail mail address email_address e_mail_address mail_address adresse courriel
        adresse_électronique adresse_mail adresse_e_mail adresse_email adresse_courriel adresse_de_courriel
        mél e_mail_adresse mailadresse correo correo_electrónico dirección_de_correo
        dirección_de_correo_electrónico posta_elettronica indirizzo_email endereço_de_email e_mailadres
        e_postadress epost e_post e_mail_1_value primary_email work_email 邮箱 电子邮件 电子邮箱 メール
        メールアドレス почта
        البريد_الإلكتروني דואר_אלקטרוני
    """,
    "unit": """
        unit organization organisation company department team division service unité équipe entreprise
        département direction société abteilung firma unternehmen bereich organisationseinheit departamento
        empresa unidad organización equipo reparto azienda unità organizzazione unidade organização afdeling
        organisatie bedrijf avdelning avdeling 部门 単位 部署 отдел القسم מחלקה
    """,
    "zone": """
        time_zone timezone zone fuseau_horaire zeitzone zona_horaria huso_horario fuso_orario fuso_horário
        tijdzone
    """,
}


def _spelled(words: str) -> str:
    return "".join(letter for letter in folded(words) if letter.isalnum())


KINDS: Final = {_spelled(word): kind for kind, words in WORDS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Table:
    separator: str
    kinds: list[str]
    unknown: list[str] = field(default_factory=list)

    def holds(self, line: str) -> bool:
        """As many cells as there are headings, or an address in its column."""
        row = self._row(line)
        return (
            len(self.kinds) > 1 and len(row) > 1 and (len(row) >= len(self.kinds) or is_address(self._of(row)["email"]))
        )

    def people(self, line: str) -> list[Candidate]:
        row = self._row(line)
        of = self._of(row)
        if len(ADDRESS.findall(of["email"])) == 1:
            of["email"] = ADDRESS.findall(of["email"])[0]
        extra = tuple(cell for cell in row[len(self.kinds) :] if cell)
        return [Candidate(line, _name(of), of["email"], of["unit"], of["zone"], extra)]

    def _row(self, line: str) -> list[str]:
        return lines.cells(line, self.separator)

    def _of(self, row: list[str]) -> dict[str, str]:
        return dict.fromkeys(WORDS, "") | dict(zip(self.kinds, row, strict=False))


def of(line: str) -> Table | None:
    """None if it is no line of headings: these name the column of addresses, and hold none."""
    if ADDRESS.search(line):
        return None
    tables = (_table(separator, lines.cells(line, separator)) for separator in lines.SEPARATORS)
    return next((table for table in tables if "email" in table.kinds), None)


def _name(of: dict[str, str]) -> str:
    """Nom and Nombre stand for one part of a name beside the other, and for the whole alone."""
    parts = (of["forename"], of["surname"] or of["name"]) if of["forename"] else (of["name"], of["surname"])
    return " ".join(filter(None, parts))


def _table(separator: str, row: list[str]) -> Table:
    """The first column of a kind counts."""
    kinds = [KINDS.get(_spelled(cell), "") for cell in row]
    kinds = [kind if kind not in kinds[:at] else "" for at, kind in enumerate(kinds)]
    return Table(separator, kinds, [cell for cell, kind in zip(row, kinds, strict=True) if cell and not kind])
