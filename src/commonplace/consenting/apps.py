from django.apps import AppConfig


class Consenting(AppConfig):
    name = "commonplace.consenting"
    label = "consenting"

    def ready(self) -> None:
        from commonplace.communities.contributions import contribute
        from commonplace.consenting import acts, jobs, reducers  # noqa: F401
        from commonplace.consenting.contributions import CONTRIBUTIONS
        from commonplace.consenting.matter import register
        from commonplace.consenting.matters import MATTERS

        register(*MATTERS)
        contribute(*CONTRIBUTIONS)
