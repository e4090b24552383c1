"""A practice on paper: what is read as it, by whom it was agreed on, and a code that leads back to its page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from markupsafe import Markup

from commonplace.communities.pages import Visit
from commonplace.consenting.evidence import Decided
from commonplace.ledger import clock
from commonplace.ledger.models import Act
from commonplace.objectifying import contents
from commonplace.objectifying.codes import code
from commonplace.objectifying.models import Practice, Version
from commonplace.objectifying.reach import Reach
from commonplace.objectifying.views.practices import practice_at


def show(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    version, short = contents.version(practice), reverse("practice_by_id", args=[slug, practice.pk])
    context = {
        **{"practice": practice, "community": practice.community, "version": version},
        **{"reach": Reach(version, practice.community), "decided": _decided(practice, version)},
        "code": Markup(code(request.build_absolute_uri(short))),
        "permanent": request.build_absolute_uri(version.get_absolute_url()),
        "printed_at": clock.now(),
    }
    return render(request, "objectifying/print.jinja", context)


def _decided(practice: Practice, version: Version) -> Decided | None:
    """The round that agreed on this version, if one did."""
    agreement = getattr(version, "agreement", None)
    if agreement is None:
        return None
    acts = Act.objects.about(practice).filter(verb="proposal.decided", object=agreement.proposal_id)
    return next((Decided.of(act) for act in acts), None)
