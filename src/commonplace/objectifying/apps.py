from django.apps import AppConfig


class Objectifying(AppConfig):
    name = "commonplace.objectifying"
    label = "objectifying"

    def ready(self) -> None:
        from commonplace.objectifying import acts, reducers  # noqa: F401
