from django.apps import AppConfig


class Communities(AppConfig):
    name = "commonplace.communities"
    label = "communities"

    def ready(self) -> None:
        from commonplace.communities import acts, reducers, situation  # noqa: F401
        from commonplace.communities.contributions import Needs, contribute
        from commonplace.communities.first_hour import to_begin_with
        from commonplace.communities.first_steps import FIRST_STEPS
        from commonplace.communities.needs import CONTRIBUTIONS
        from commonplace.communities.telling import OCCASIONS

        contribute(*CONTRIBUTIONS, Needs("first_hour", to_begin_with), *FIRST_STEPS, *OCCASIONS)
