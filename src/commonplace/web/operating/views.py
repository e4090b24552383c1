"""The operator's pages of the machine: what needs them, what takes room, what is kept, what runs."""

import sys
from importlib.metadata import version

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from commonplace.archiving.backing_up import made
from commonplace.communities import pages, policy
from commonplace.communities.contributions import panels
from commonplace.communities.models import Community, Installation, Person
from commonplace.communities.pages import Visit
from commonplace.files.sizes import in_words
from commonplace.web import doctor
from commonplace.web.operating import storage as rooms
from commonplace.web.operating.examined import examine_soon, examined
from commonplace.web.operating.findings import findings

DOCTOR = "commonplace doctor"
COMMANDS = """\
commonplace backup /where/backups/lie/
commonplace restore /where/backups/lie/commonplace-2026-01-31-0400.tar.gz"""


def overview(request: Visit) -> HttpResponse:
    pages.require(policy.operator, request.user, None)
    context = {
        "findings": findings(),
        "people": Person.objects.with_bots().count(),
        "communities": Community.objects.for_operator().count(),
        "version": version("commonplace"),
        "backup": next(iter(made()), None),
        "examined": examined(),
    }
    return render(request, "operating/overview.jinja", context)


def storage(request: Visit) -> HttpResponse:
    pages.require(policy.operator, request.user, None)
    context = {
        "database": rooms.of_the_database(),
        "lake": rooms.of_the_lake(),
        "lake_at": str(settings.LAKE),
        "panels": panels(request.user, Installation.current()),
        "free": in_words(doctor.free()),
        "folder": str(settings.DATA),
    }
    return render(request, "operating/storage.jinja", context)


def backups(request: Visit) -> HttpResponse:
    pages.require(policy.operator, request.user, None)
    return render(request, "operating/backups.jinja", {"made": made(), "size": in_words, "commands": COMMANDS})


def versions(request: Visit) -> HttpResponse:
    pages.require(policy.operator, request.user, None)
    context = {
        "programs": [
            ("Commonplace", version("commonplace")),
            ("Python", sys.version.split()[0]),
            ("Django", version("django")),
        ],
        "database": f"{connection.vendor} {doctor.database_version()}",
        "waiting": doctor.waiting_migrations(),
    }
    return render(request, "operating/versions.jinja", context)


def show_doctor(request: Visit) -> HttpResponse:
    """What takes little is asked at once; what takes long was found in the background."""
    pages.require(policy.operator, request.user, None)
    return render(
        request, "operating/doctor.jinja", {"findings": findings(), "examined": examined(), "command": DOCTOR}
    )


def run_doctor(request: Visit) -> HttpResponse:
    pages.require(policy.operator, request.user, None)
    examine_soon()
    return pages.done(request, _("It looks in the background; what it finds stands here in a while."), "doctor")
