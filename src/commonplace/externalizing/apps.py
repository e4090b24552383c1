from django.apps import AppConfig


class Externalizing(AppConfig):
    name = "commonplace.externalizing"
    label = "externalizing"

    def ready(self) -> None:
        from commonplace.communities.contributions import contribute
        from commonplace.externalizing import acts, reducers  # noqa: F401
        from commonplace.externalizing.contributions import CONTRIBUTIONS

        contribute(*CONTRIBUTIONS)
