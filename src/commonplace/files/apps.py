from django.apps import AppConfig


class Files(AppConfig):
    name = "commonplace.files"
    label = "files"

    def ready(self) -> None:
        from commonplace.communities.contributions import contribute
        from commonplace.files import jobs  # noqa: F401
        from commonplace.files.contributions import CONTRIBUTIONS

        contribute(*CONTRIBUTIONS)
