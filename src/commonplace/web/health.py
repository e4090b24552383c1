"""For whoever watches the machine: is it up, is the database there, and is the work being done?"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse

from commonplace.ledger.jobs.backlog import LATEST, Backlog


@login_not_required
def index(request: HttpRequest) -> JsonResponse:
    """200 as long as pages work. How much there is to do is not told: it would tell when somebody acts."""
    now = Backlog.now()
    jobs = {"late": now.late > LATEST, "given_up": now.given_up > 0}
    return JsonResponse({"status": "ok", "jobs": jobs})
