from django.apps import AppConfig


class Corresponding(AppConfig):
    name = "commonplace.corresponding"
    label = "corresponding"

    def ready(self) -> None:
        from commonplace.corresponding import jobs, noting  # noqa: F401
