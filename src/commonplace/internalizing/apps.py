from django.apps import AppConfig


class Internalizing(AppConfig):
    name = "commonplace.internalizing"
    label = "internalizing"
