from django.urls import path
from django.views.decorators.http import require_safe

from commonplace.communities.pages import sent_from
from commonplace.corresponding.views import following, not_now, notices

urlpatterns = [
    path("notices/", require_safe(notices.index), name="notices"),
    path("notices/count", require_safe(notices.count), name="count_notices"),
    path("notices/put-away", sent_from("notices", notices.destroy), name="put_away_notices"),
    path("not-now/", require_safe(not_now.index), name="not_now"),
    path("not-now/create", sent_from("not_now", not_now.create), name="create_not_now"),
    path("not-now/destroy", sent_from("not_now", not_now.destroy), name="destroy_not_now"),
    path("c/<slug:slug>/following/", require_safe(following.show), name="following"),
    path("c/<slug:slug>/following/create", sent_from("following", following.create), name="create_following"),
    path("c/<slug:slug>/following/update", sent_from("following", following.update), name="update_following"),
]
