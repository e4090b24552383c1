from django.apps import AppConfig


class Archiving(AppConfig):
    name = "commonplace.archiving"
    label = "archiving"
