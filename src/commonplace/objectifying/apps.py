from django.apps import AppConfig


class Objectifying(AppConfig):
    name = "commonplace.objectifying"
    label = "objectifying"
