from django.urls import path
from django.views.decorators.http import require_safe

from commonplace.communities.pages import sent_from
from commonplace.files import views

urlpatterns = [
    path("", sent_from("me", views.create), name="create_file"),
    path("mine/", require_safe(views.index), name="my_files"),
    path("<str:pk>/<str:name>", require_safe(views.show), name="file"),
]
