from django.apps import AppConfig


class Objectifying(AppConfig):
    name = "commonplace.objectifying"
    label = "objectifying"

    def ready(self) -> None:
        from commonplace.communities.contributions import contribute
        from commonplace.consenting.matter import register
        from commonplace.objectifying import acts, jobs, reducers  # noqa: F401
        from commonplace.objectifying.batches import forgetting  # noqa: F401
        from commonplace.objectifying.contributions import CONTRIBUTIONS
        from commonplace.objectifying.matters import MATTERS
        from commonplace.objectifying.retiring import RETIREMENT

        register(*MATTERS, RETIREMENT)
        contribute(*CONTRIBUTIONS)
