from django.apps import AppConfig


class Measuring(AppConfig):
    name = "commonplace.measuring"
    label = "measuring"

    def ready(self) -> None:
        from commonplace.communities.contributions import contribute
        from commonplace.measuring import acts, jobs, reducers  # noqa: F401
        from commonplace.measuring.contributions import CONTRIBUTIONS

        contribute(*CONTRIBUTIONS)
