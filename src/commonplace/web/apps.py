from django.apps import AppConfig


class Web(AppConfig):
    name = "commonplace.web"
    label = "web"
