from django.apps import AppConfig


class Demo(AppConfig):
    name = "commonplace.demo"
    label = "demo"
