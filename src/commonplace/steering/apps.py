from django.apps import AppConfig


class Steering(AppConfig):
    name = "commonplace.steering"
    label = "steering"
