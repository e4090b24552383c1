from django.apps import AppConfig


class Objectifying(AppConfig):
    name = "commonplace.objectifying"
    label = "objectifying"

    def ready(self) -> None:
        from commonplace.communities.contributions import contribute
        from commonplace.objectifying import acts, reducers  # noqa: F401
        from commonplace.objectifying.contributions import CONTRIBUTIONS

        contribute(*CONTRIBUTIONS)
