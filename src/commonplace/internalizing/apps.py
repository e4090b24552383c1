from django.apps import AppConfig


class Internalizing(AppConfig):
    name = "commonplace.internalizing"
    label = "internalizing"

    def ready(self) -> None:
        from commonplace.internalizing import acts, reducers  # noqa: F401
        from commonplace.internalizing.panel import on_practice
        from commonplace.internalizing.search import subscribers  # noqa: F401
        from commonplace.objectifying.panels import PANELS

        PANELS.append(on_practice)
