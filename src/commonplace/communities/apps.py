from django.apps import AppConfig


class Communities(AppConfig):
    name = "commonplace.communities"
    label = "communities"

    def ready(self) -> None:
        from commonplace.communities import acts, reducers, situation  # noqa: F401
        from commonplace.communities.contributions import contribute
        from commonplace.communities.needs import CONTRIBUTIONS

        contribute(*CONTRIBUTIONS)
