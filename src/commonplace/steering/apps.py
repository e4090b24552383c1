from django.apps import AppConfig


class Steering(AppConfig):
    name = "commonplace.steering"
    label = "steering"

    def ready(self) -> None:
        from commonplace.steering import acts, reducers  # noqa: F401
