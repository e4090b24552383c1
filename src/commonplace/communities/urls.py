from django.urls import path

from commonplace.communities.views import communities, me, start

urlpatterns = [
    path("start", start.index, name="start"),
    path("me/", me.show, name="me"),
    path("c/", communities.index, name="communities"),
    path("c/<slug:slug>/", communities.show, name="community"),
]
