from django.urls import path
from django.views.decorators.http import require_safe

from commonplace.communities.pages import sent_from
from commonplace.internalizing.views import applications

urlpatterns = [
    path("practices/<str:pk>/applications", require_safe(applications.index), name="applications"),
    path("practices/<str:pk>/applications/new", require_safe(applications.new), name="apply"),
    path("practices/<str:pk>/applications/create", sent_from("apply", applications.create), name="create_application"),
    path("practices/<str:pk>/applications/<str:application>", require_safe(applications.show), name="application"),
]
