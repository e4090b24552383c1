"""Addresses are for people."""

from django.urls import include, path
from django.views.decorators.http import require_safe

from commonplace.communities.pages import sent_from
from commonplace.communities.views.language import set_language
from commonplace.externalizing.views import topics_health
from commonplace.web import asking, health, home, jobs, keys, search
from commonplace.web.operating import views as operating

handler400 = "commonplace.web.way_back.not_understood"
handler500 = "commonplace.web.away.broken"
urlpatterns = [
    path("", home.index, name="home"),
    path("healthz", health.index, name="healthz"),
    path("operator/", require_safe(operating.overview), name="operator"),
    path("operator/storage", require_safe(operating.storage), name="storage"),
    path("operator/backups", require_safe(operating.backups), name="backups"),
    path("operator/versions", require_safe(operating.versions), name="running_versions"),
    path("operator/doctor", require_safe(operating.show_doctor), name="doctor"),
    path("operator/doctor/run", sent_from("doctor", operating.run_doctor), name="run_doctor"),
    path("jobs/", require_safe(jobs.index), name="jobs"),
    path("jobs/<int:pk>/retries", sent_from("jobs", jobs.retry), name="retry_job"),
    path("jobs/<int:pk>/drop", sent_from("jobs", jobs.destroy), name="drop_job"),
    path("i18n/language/", set_language, name="set_language"),
    path("search", search.index, name="search"),
    path("ask", require_safe(asking.index), name="ask_somewhere"),
    path("keys", require_safe(keys.index), name="keys"),
    path("keys/update", sent_from("keys", keys.update), name="update_keys"),
    path("account/", include("commonplace.web.accounts")),
    path("", include("commonplace.corresponding.urls")),
    path("", include("commonplace.corresponding.letters.urls")),
    path("demo/", include("commonplace.demo.urls")),
    path("files/", include("commonplace.files.urls")),
    path("", include("commonplace.communities.urls")),
    path("operator/topics", require_safe(topics_health.index), name="topics_health"),
    path("c/<slug:slug>/", include("commonplace.externalizing.urls")),
    path("c/<slug:slug>/proposals/", include("commonplace.consenting.urls")),
    path("c/<slug:slug>/practices/", include("commonplace.objectifying.urls")),
    path("c/<slug:slug>/", include("commonplace.internalizing.urls")),
    path("c/<slug:slug>/cycle/", include("commonplace.measuring.urls")),
    path("c/<slug:slug>/objectives/", include("commonplace.steering.urls")),
]
