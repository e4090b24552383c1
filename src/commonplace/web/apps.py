from django.apps import AppConfig


class Web(AppConfig):
    name = "commonplace.web"
    label = "web"

    def ready(self) -> None:
        from commonplace.web.operating import examined  # noqa: F401
