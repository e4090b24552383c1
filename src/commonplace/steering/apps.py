from django.apps import AppConfig


class Steering(AppConfig):
    name = "commonplace.steering"
    label = "steering"

    def ready(self) -> None:
        from commonplace.communities.contributions import contribute
        from commonplace.consenting.matter import register
        from commonplace.steering import acts, reducers  # noqa: F401
        from commonplace.steering.contributions import CONTRIBUTIONS
        from commonplace.steering.matters import MATTERS

        register(*MATTERS)
        contribute(*CONTRIBUTIONS)
