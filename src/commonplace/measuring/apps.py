from django.apps import AppConfig


class Measuring(AppConfig):
    name = "commonplace.measuring"
    label = "measuring"

    def ready(self) -> None:
        from commonplace.measuring import jobs  # noqa: F401
