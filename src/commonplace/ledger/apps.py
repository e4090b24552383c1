from django.apps import AppConfig
from django.db.models.signals import post_migrate


class Ledger(AppConfig):
    name = "commonplace.ledger"
    label = "ledger"

    def ready(self) -> None:
        from commonplace.ledger import forgetting, seal  # noqa: F401
        from commonplace.ledger.sqlite import statistics  # noqa: F401

        post_migrate.connect(seal.after_migrate, sender=self)
