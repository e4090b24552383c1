"""The first line of a table says what stands in which column, in the words that programs and people use."""

import re
from dataclasses import dataclass, field
from typing import Final

from commonplace.communities.roster import lines
from commonplace.communities.roster.people import ADDRESS, Candidate, is_address
from commonplace.untrusted.visible import folded

WORDS: Final = {
    "name": """
        name full_name display_name member participant contact nom nom_complet nom_et_prénom participant_e
        vollständiger_name teilnehmer nombre nombre_completo nombre_y_apellidos nome nome_completo naam navn
        namn imię_i_nazwisko team_member employee colleague person mitglied mitarbeiter mitarbeiterin
        mitarbeiter_in anzeigename membre collaborateur nom_d_affichage nom_à_afficher miembro empleado
        nombre_para_mostrar membro dipendente nome_visualizzato nome_de_exibição medewerker weergavenaam
        visningsnavn visningsnamn 姓名 名前 氏名 имя фио الاسم שם
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
        e_postadress epost e_post e_mail_1_value primary_email work_email user_email email_id google_email
        primary_smtp_address e_mail_geschäftlich dirección_email adresse_mail_professionnelle
        邮箱 电子邮件 电子邮箱 メール
        メールアドレス почта
        البريد_الإلكتروني דואר_אלקטרוני
    """,
    "unit": """
        unit organization organisation company department team division service unité équipe entreprise
        département direction société abteilung firma unternehmen bereich organisationseinheit departamento
        organization_name organization_1_name organisation_name department_name company_name business_unit
        work_unit empresa unidad organización equipo reparto azienda unità organizzazione unidade organização afdeling
        organisatie bedrijf avdelning avdeling 部门 単位 部署 отдел القسم מחלקה
    """,
    "login": """
        user_principal_name upn user_name username login login_name sign_in_name
        benutzerprinzipalname benutzername anmeldename nom_d_utilisateur_principal
        nom_principal_de_l_utilisateur nom_d_utilisateur identifiant nombre_principal_de_usuario
        nombre_de_usuario nome_utente nome_dell_entità_utente nome_principal_do_usuário nome_de_usuário
        gebruikersnaam
    """,
    "place": """
        site location office branch place plant standort ort büro niederlassung werk site_de_travail lieu
        emplacement bureau agence sede sitio ubicación oficina sucursal ufficio filiale local escritório
        filial vestiging locatie kantoor kontor lokalizacja 地点 办公室
    """,
    "zone": """
        time_zone timezone zone fuseau_horaire zeitzone zona_horaria huso_horario fuso_orario fuso_horário
        tijdzone
    """,
}


def _spelled(words: str) -> str:
    return "".join(letter for letter in folded(words) if letter.isalnum())


# What stands for another where there is no column of that.
INSTEAD: Final = {"login": "email", "place": "unit"}
ADDED: Final = re.compile(r"\s*[\[(][^\])]*[\])]?\s*$|\*")
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
    kinds = [KINDS.get(_spelled(cell)) or KINDS.get(_spelled(ADDED.sub("", cell)), "") for cell in row]
    if len(row) > 1:
        kinds = ["" if INSTEAD.get(kind) in kinds else INSTEAD.get(kind, kind) for kind in kinds]
    kinds = [kind if kind not in kinds[:at] else "" for at, kind in enumerate(kinds)]
    return Table(separator, kinds, [cell for cell, kind in zip(row, kinds, strict=True) if cell and not kind])
