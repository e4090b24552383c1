from django.apps import AppConfig


class Internalizing(AppConfig):
    name = "commonplace.internalizing"
    label = "internalizing"

    def ready(self) -> None:
        from commonplace.communities.contributions import contribute
        from commonplace.internalizing import acts, reducers  # noqa: F401
        from commonplace.internalizing.contributions import CONTRIBUTIONS
        from commonplace.internalizing.search.subscribers import subscribe

        contribute(*CONTRIBUTIONS)
        subscribe()
