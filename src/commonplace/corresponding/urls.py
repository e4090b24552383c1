from django.urls import path
from django.views.decorators.http import require_safe

from commonplace.communities.pages import sent_from
from commonplace.corresponding.views import feeds, following, my_feeds, not_now, notices

urlpatterns = [
    path("notices/", require_safe(notices.index), name="notices"),
    path("notices/count", require_safe(notices.count), name="count_notices"),
    path("notices/put-away", sent_from("notices", notices.destroy), name="put_away_notices"),
    path("not-now/", require_safe(not_now.index), name="not_now"),
    path("not-now/create", sent_from("not_now", not_now.create), name="create_not_now"),
    path("not-now/destroy", sent_from("not_now", not_now.destroy), name="destroy_not_now"),
    path("me/feeds/", require_safe(my_feeds.show), name="my_feeds"),
    path("me/feeds/create", sent_from("my_feeds", my_feeds.create), name="make_feeds"),
    path("me/feeds/end", sent_from("my_feeds", my_feeds.destroy), name="end_feeds"),
    path("feeds/<str:secret>/notices.atom", feeds.notices, name="notices_feed"),
    path("feeds/<str:secret>/calendar.ics", feeds.calendar, name="calendar_feed"),
    path("feeds/<str:secret>/c/<slug:slug>.atom", feeds.community, name="community_feed"),
    path("c/<slug:slug>/following/", require_safe(following.show), name="following"),
    path("c/<slug:slug>/following/create", sent_from("following", following.create), name="create_following"),
    path("c/<slug:slug>/following/update", sent_from("following", following.update), name="update_following"),
]
