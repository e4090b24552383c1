from django.apps import AppConfig


class Corresponding(AppConfig):
    name = "commonplace.corresponding"
    label = "corresponding"

    def ready(self) -> None:
        from commonplace.communities.contributions import contribute
        from commonplace.corresponding import jobs, noting, reminding  # noqa: F401
        from commonplace.corresponding.contributions import CONTRIBUTIONS
        from commonplace.corresponding.letters import confirming, reports, sending  # noqa: F401

        contribute(*CONTRIBUTIONS)
        confirming.listen()
        reports.listen()
