from django.urls import path

from commonplace.measuring import views

urlpatterns = [path("", views.show, name="cycle")]
