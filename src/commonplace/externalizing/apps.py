from django.apps import AppConfig


class Externalizing(AppConfig):
    name = "commonplace.externalizing"
    label = "externalizing"

    def ready(self) -> None:
        from commonplace.externalizing import acts, reducers  # noqa: F401
