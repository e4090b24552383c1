"""Addresses are for people."""

from django.urls import include, path

from commonplace.communities.views.language import set_language
from commonplace.web import health, home, search

urlpatterns = [
    path("", home.index, name="home"),
    path("healthz", health.index, name="healthz"),
    path("i18n/language/", set_language, name="set_language"),
    path("search", search.index, name="search"),
    path("account/", include("allauth.urls")),
    path("demo/", include("commonplace.demo.urls")),
    path("", include("commonplace.communities.urls")),
    path("c/<slug:slug>/exchanges/", include("commonplace.externalizing.urls")),
    path("c/<slug:slug>/practices/", include("commonplace.objectifying.urls")),
    path("c/<slug:slug>/", include("commonplace.internalizing.urls")),
    path("c/<slug:slug>/cycle/", include("commonplace.measuring.urls")),
    path("c/<slug:slug>/objectives/", include("commonplace.steering.urls")),
]
