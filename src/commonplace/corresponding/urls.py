from django.urls import path
from django.views.decorators.http import require_safe

from commonplace.communities.pages import sent_from
from commonplace.corresponding.views import notices

urlpatterns = [
    path("", require_safe(notices.index), name="notices"),
    path("count", require_safe(notices.count), name="count_notices"),
    path("put-away", sent_from("notices", notices.destroy), name="put_away_notices"),
]
