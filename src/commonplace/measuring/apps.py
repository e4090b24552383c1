from django.apps import AppConfig


class Measuring(AppConfig):
    name = "commonplace.measuring"
    label = "measuring"
