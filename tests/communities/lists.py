"""Lists of people as they are pasted, and who is understood: name, address, unit, time zone."""

from typing import NamedTuple

ANA, BEN = ("Ana Ruiz", "ana@x.org"), ("Ben Öz", "ben@x.org")
NORTH, SOUTH = (*ANA, "North"), (*BEN, "Süd")
Line = tuple[str, ...]


class Pasted(NamedTuple):
    text: str
    people: list[Line]
    unread: dict[str, str] = {}
    left_out: list[str] = []


# Of shared lists of cases: what was pasted before anything was made up.
GIVEN = {
    "addresses alone": Pasted(
        "a1@example.org, a2@example.org, a3@example.org",
        [],
        {f"a{n}@example.org": "the name is missing" for n in (1, 2, 3)},
    ),
    "recipients of a mail": Pasted(
        '"Doe, Jane" <jane@example.org>; Karl Öz <karl@example.org>',
        [("Doe, Jane", "jane@example.org"), ("Karl Öz", "karl@example.org")],
    ),
    "byte order mark, French": Pasted(
        "\ufeffNom;Courriel;Service\nAna;ana@example.org;Nord", [("Ana", "ana@example.org", "Nord")]
    ),
    "byte order mark, German": Pasted(
        "\ufeffE-Mail-Adresse;Name;Abteilung\nben@example.org;Ben;Süd", [("Ben", "ben@example.org", "Süd")]
    ),
    "two columns of a name": Pasted(
        "Surname,Forename,E-mail address,Organization\nDoe,Jane,jane@example.org,Works",
        [("Jane Doe", "jane@example.org", "Works")],
    ),
    "a list with dashes": Pasted(
        "- Ana Ruiz, ana@example.org, Works Ltd, Europe/Madrid",
        [("Ana Ruiz", "ana@example.org", "Works Ltd", "Europe/Madrid")],
    ),
}
MORE = {
    "tabs from a spreadsheet": Pasted("Ana Ruiz\tana@x.org\tNorth\nBen Öz\tben@x.org\tSüd", [NORTH, SOUTH]),
    "semicolons": Pasted("Ana Ruiz;ana@x.org;North\r\nBen Öz;ben@x.org;Süd\r\n", [NORTH, SOUTH]),
    "line ends of old machines": Pasted("Ana Ruiz;ana@x.org\rBen Öz;ben@x.org", [ANA, BEN]),
    "what Excel says of itself": Pasted("sep=;\nName;E-Mail\nAna Ruiz;ana@x.org", [ANA]),
    "a Markdown table": Pasted("| Name | Email |\n|---|:--|\n| Ana Ruiz | ana@x.org |", [ANA]),
    "a quoted line break": Pasted('Name,Email\n"Ana\nRuiz",ana@x.org\nBen Öz,ben@x.org', [ANA, BEN]),
    "a heading over two lines": Pasted('Name,"E-mail\naddress"\nAna Ruiz,ana@x.org', [ANA]),
    "a stray quotation mark": Pasted('"Ana Ruiz, ana@x.org\nBen Öz, ben@x.org', [ANA, BEN]),
    "doubled quotation marks": Pasted('"Ana ""Ani"" Ruiz",ana@x.org', [('Ana "Ani" Ruiz', "ana@x.org")]),
    "typographic quotation marks": Pasted("“Ruiz, Ana” <ana@x.org>", [("Ruiz, Ana", "ana@x.org")]),
    "a comma in a quoted name": Pasted('"Ruiz, Ana",ana@x.org,North', [("Ruiz, Ana", "ana@x.org", "North")]),
    "a comma in a name between semicolons": Pasted("Ruiz, Ana; ana@x.org", [("Ruiz, Ana", "ana@x.org")]),
    "a comma before an address in angles": Pasted(
        "Ruiz, Ana <ana@x.org>; Öz, Ben <ben@x.org>", [("Ruiz, Ana", "ana@x.org"), ("Öz, Ben", "ben@x.org")]
    ),
    "recipients with commas between": Pasted("Ana Ruiz <ana@x.org>, Ben Öz <ben@x.org>,", [ANA, BEN]),
    "recipients on lines": Pasted("Ana Ruiz <ana@x.org>\n   Ben Öz <ben@x.org>", [ANA, BEN]),
    "a recipient without a name": Pasted(
        "Ana Ruiz <ana@x.org>; <ben@x.org>", [ANA], {"<ben@x.org>": "the name is missing"}
    ),
    "the address as name": Pasted("ben@x.org <ben@x.org>", [], {"ben@x.org <ben@x.org>": "the name is missing"}),
    "another's address as name": Pasted(
        "cy@x.org <ben@x.org>", [], {"cy@x.org <ben@x.org>": "an e-mail address is no name"}
    ),
    "mailto in angles": Pasted("Ana Ruiz <mailto:ana@x.org>", [ANA]),
    "mailto with a subject": Pasted("Ana Ruiz, mailto:ana@x.org?subject=Hello", [ANA]),
    "address twice, as Outlook pastes": Pasted("Ana Ruiz, ana@x.org<mailto:ana@x.org>", [ANA]),
    "address in brackets": Pasted("Ana Ruiz (ana@x.org)\nBen Öz [ben@x.org]", [ANA, BEN]),
    "name in brackets": Pasted("ana@x.org (Ana Ruiz)", [ANA]),
    "only a space between": Pasted("Ana Ruiz ana@x.org\nBen Öz   ben@x.org", [ANA, BEN]),
    "address first": Pasted("ana@x.org, Ana Ruiz, North", [NORTH]),
    "a name from a mail's header": Pasted("=?utf-8?q?Ben_=C3=96z?= <ben@x.org>", [BEN]),
    "numbers before": Pasted("1. Ana Ruiz, ana@x.org\n2) Ben Öz, ben@x.org", [ANA, BEN]),
    "bullets before": Pasted("• Ana Ruiz, ana@x.org\n* Ben Öz, ben@x.org", [ANA, BEN]),
    "a whole list in a line": Pasted("Ana Ruiz, ana@x.org; Ben Öz, ben@x.org", [ANA, BEN]),
    "pairs in a line": Pasted("Ana Ruiz, ana@x.org, Ben Öz, ben@x.org", [ANA, BEN]),
    "two addresses of one person": Pasted(
        "Ana Ruiz, ana@x.org, ana@y.org, North\nBen Öz, ben@x.org",
        [BEN],
        {"Ana Ruiz, ana@x.org, ana@y.org, North": "more than one e-mail address"},
    ),
    "two addresses in a cell": Pasted(
        "Name;Email\nAna Ruiz;ana@x.org / ana@y.org", [], {"Ana Ruiz;ana@x.org / ana@y.org": "is not an e-mail address"}
    ),
    "two columns of addresses": Pasted("Name;E-mail;E-Mail\nAna Ruiz;ana@x.org;ana@y.org", [ANA], left_out=["E-Mail"]),
    "the same line twice": Pasted(
        "Ana Ruiz, ana@x.org\nAna Ruiz, ANA@x.org", [ANA], {"Ana Ruiz, ANA@x.org": "stands in the list already"}
    ),
    "spaces of no width": Pasted("\u200bAna\u00a0Ruiz\u200b, \u200bana@x.org\u200b", [ANA]),
    "direction marks": Pasted("\u202aAna Ruiz\u202c, \u200eana@x.org", [ANA]),
    "a name of nothing": Pasted("\u3164, ana@x.org", [], {"\u3164, ana@x.org": "the name is missing"}),
    "an unknown column": Pasted(
        "Name;Telefon;E-Mail;Raum\nAna Ruiz;12;ana@x.org;7", [ANA], left_out=["Telefon", "Raum"]
    ),
    "a cell nobody asked for": Pasted("Ana Ruiz, ana@x.org, North, 12 34", [NORTH], left_out=["line 1: 12 34"]),
    "Spanish": Pasted("Nombre,Apellidos,Correo electrónico,Departamento\nAna,Ruiz,ana@x.org,North", [NORTH]),
    "French": Pasted("Prénom;NOM;Adresse e-mail;Entreprise\nAna;Ruiz;ana@x.org;North", [NORTH]),
    "German": Pasted("Nachname\tVorname\tE-Mail\tFirma\nRuiz\tAna\tana@x.org\tNorth", [NORTH]),
    "Italian": Pasted("Cognome;Nome;Posta elettronica\nRuiz;Ana;ana@x.org", [ANA]),
    "Dutch": Pasted("Voornaam;Achternaam;E-mailadres\nAna;Ruiz;ana@x.org", [ANA]),
    "Chinese": Pasted("姓名,邮箱,部门\n王芳,wang@x.org,北", [("王芳", "wang@x.org", "北")]),
    "from an address book": Pasted(
        "First Name,Last Name,E-mail Address,Company,Mobile Phone\nAna,Ruiz,ana@x.org,North,12",
        [NORTH],
        left_out=["Mobile Phone"],
    ),
    "a time zone": Pasted("Name;Email;Time zone\nAna Ruiz;ana@x.org;Europe/Madrid", [(*ANA, "", "Europe/Madrid")]),
    "a title above the headings": Pasted(
        "Members 2026\n\nName;Email\nAna Ruiz;ana@x.org", [ANA], {"Members 2026": "no e-mail address"}
    ),
    "two tables": Pasted("Name;Email\nAna Ruiz;ana@x.org\n\nEmail;Name\nben@x.org;Ben Öz", [ANA, BEN]),
    "a bad line among good ones": Pasted(
        "Name;Email\nAna Ruiz;ana@x.org\nCy;cy(at)x.org\nBen Öz;ben@x.org",
        [ANA, BEN],
        {"Cy;cy(at)x.org": "“cy(at)x.org” is not an e-mail address"},
    ),
    "a missing cell": Pasted("Name;Email\n;ana@x.org", [], {";ana@x.org": "the name is missing"}),
    "another separator below": Pasted("Name;Email\nAna Ruiz, ana@x.org", [ANA]),
    "words before the name": Pasted(
        "Ruiz, Ana, ana@x.org", [], {"Ruiz, Ana, ana@x.org": "more than a name stands before"}
    ),
    "a mail's header": Pasted(
        "To: Ana Ruiz <ana@x.org>, Ben Öz <ben@x.org>\nCc: cy@x.org", [ANA, BEN], {"cy@x.org": "the name is missing"}
    ),
    "headers in other languages": Pasted("À : Ana Ruiz <ana@x.org>\nVon: Ben Öz, ben@x.org", [ANA, BEN]),
    "a header within a line": Pasted("To: Ana Ruiz <ana@x.org>; Cc: Ben Öz <ben@x.org>", [ANA, BEN]),
    "a header before the list": Pasted("To:\nAna Ruiz <ana@x.org>", [ANA], {"To:": "no e-mail address"}),
    "a recipient behind without a name": Pasted(
        "Ana Ruiz <ana@x.org>; cy@x.org", [ANA], {"cy@x.org": "the name is missing"}
    ),
    "a recipient before without a name": Pasted(
        "cy@x.org, Ana Ruiz <ana@x.org>", [ANA], {"cy@x.org": "the name is missing"}
    ),
    "dashes between": Pasted("Ana Ruiz - ana@x.org\nben@x.org – Ben Öz", [ANA, BEN]),
    "dashes before angles": Pasted("Ana Ruiz – <ana@x.org>\nBen Öz: <ben@x.org> -", [ANA, BEN]),
    "numbers and dashes": Pasted("1 - Ana Ruiz, ana@x.org\nTo: 2. Ben Öz <ben@x.org>", [ANA, BEN]),
    "links of Markdown": Pasted("- [Ana Ruiz](mailto:ana@x.org)\n[Ben Öz](mailto:ben@x.org), Süd", [ANA, SOUTH]),
    "bold names": Pasted("**Ana Ruiz** <ana@x.org>\n* *Ben Öz*, ben@x.org", [ANA, BEN]),
    "names behind angles": Pasted("<ana@x.org> Ana Ruiz\n<ben@x.org>, Ben Öz, Süd", [ANA, SOUTH]),
    "names behind angles in a line": Pasted("<ana@x.org> Ana Ruiz, <ben@x.org> Ben Öz", [ANA, BEN]),
    "a place instead of a unit": Pasted("Standort;Name;E-Mail\nNorth;Ana Ruiz;ana@x.org", [NORTH]),
    "a place beside a unit": Pasted("Site,Name,Email,Team\nHall,Ana Ruiz,ana@x.org,North", [NORTH], left_out=["Site"]),
    "Microsoft 365": Pasted("Display name,User principal name,Department\nAna Ruiz,ana@x.org,North", [NORTH]),
    "Microsoft 365 with a mailbox": Pasted(
        "User principal name,Display name,Mail\na@x.onmicrosoft.com,Ana Ruiz,ana@x.org",
        [ANA],
        left_out=["User principal name"],
    ),
    "Microsoft 365 in German": Pasted("Anzeigename;Benutzerprinzipalname;Abteilung\nBen Öz;ben@x.org;Süd", [SOUTH]),
    "Microsoft 365 in French": Pasted("Nom d’affichage;Nom d'utilisateur principal\nAna Ruiz;ana@x.org", [ANA]),
    "Google Workspace": Pasted(
        "First Name [Required],Last Name [Required],Email Address [Required],Password [Required]\nAna,Ruiz,ana@x.org,",
        [ANA],
        left_out=["Password [Required]"],
    ),
    "Slack": Pasted(
        "username,email,status,fullname,displayname\nana,ana@x.org,Member,Ana Ruiz,Ana",
        [ANA],
        left_out=["username", "status", "displayname"],
    ),
    "Moodle": Pasted("username,firstname,lastname,email\nana,Ana,Ruiz,ana@x.org", [ANA], left_out=["username"]),
    "Moodle in Spanish": Pasted("Nombre,Apellido(s),Dirección Email\nAna,Ruiz,ana@x.org", [ANA]),
    "a heading that must be filled": Pasted("Name*;E-mail (work)\nAna Ruiz;ana@x.org", [ANA]),
    "a title of one word": Pasted("Login\nAna Ruiz, ana@x.org", [ANA], {"Login": "no e-mail address"}),
    "Hebrew": Pasted("שם;דואר אלקטרוני\nדנה לוי;dana@x.org", [("דנה לוי", "dana@x.org")]),
}
