from django.apps import AppConfig


class Consenting(AppConfig):
    name = "commonplace.consenting"
    label = "consenting"

    def ready(self) -> None:
        from commonplace.communities.barring import answers
        from commonplace.communities.contributions import contribute
        from commonplace.consenting import acts, jobs, reducers  # noqa: F401
        from commonplace.consenting.about import recall_of
        from commonplace.consenting.contributions import CONTRIBUTIONS
        from commonplace.consenting.matter import register
        from commonplace.consenting.matters import MATTERS

        answers(recall_of)
        register(*MATTERS)
        contribute(*CONTRIBUTIONS)
