"""What the page of a practice shows of its applications."""

from typing import Any

from commonplace.communities.pages import Visit
from commonplace.internalizing.acts import may_apply
from commonplace.internalizing.models import Application
from commonplace.objectifying.models import Practice

SHOWN = 3


def on_practice(request: Visit, practice: Practice) -> dict[str, Any]:
    reports = Application.objects.visible_to(request.user).filter(practice=practice)
    return {
        "mix": reports.mix(),
        "applications": list(reports.newest_first()[:SHOWN]),
        "may_apply": may_apply(request.user, practice),
    }
