from django.apps import AppConfig


class Files(AppConfig):
    name = "commonplace.files"
    label = "files"
