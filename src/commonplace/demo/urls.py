from django.urls import path

from commonplace.demo import views

urlpatterns = [path("<str:token>/", views.show, name="demo_door")]
