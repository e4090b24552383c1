"""For whoever watches the machine: is it up, is the database there, and is the work being done?"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse

from commonplace.ledger.jobs.backlog import Backlog


@login_not_required
def index(request: HttpRequest) -> JsonResponse:
    """200 as long as pages work; how late the jobs are is for the reader to judge."""
    now = Backlog.now()
    jobs = {"waiting": now.waiting, "late_seconds": int(now.late.total_seconds()), "given_up": now.given_up}
    return JsonResponse({"status": "ok", "jobs": jobs})
