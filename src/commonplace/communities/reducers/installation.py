"""Who has an account, who is the operator, which accounts are bots, and whether anyone may sign up."""

from commonplace.communities.evidence import BotSet, InstallationSet, SignedUp
from commonplace.communities.models import Installation, Person
from commonplace.ledger.evidence import Evidence
from commonplace.ledger.replay import Recorded, Reducer, Span

PERSON, OPERATOR, OF_NOTHING = "person", "operator", "operator of no installation"


def _accounts(span: Span) -> dict[str, str]:
    """Of names out of an archive none. The row of the installation came with its operator, and goes with nobody."""
    operator = OPERATOR if Installation.objects.exists() else OF_NOTHING
    rows = Person.objects.filter(span.within("pk")).exclude(email=None, is_operator=False)
    return {pk: operator if operates else PERSON for pk, operates in rows.values_list("pk", "is_operator")}


def _bots(span: Span) -> dict[str, bool]:
    return dict(Person.objects.filter(span.within("pk"), is_bot=True).values_list("pk", "is_bot"))


def _sign_up(span: Span) -> dict[str, bool]:
    return dict(Installation.objects.filter(span.within("pk")).values_list("pk", "open_signup"))


accounts: Reducer[str] = Reducer("account", str, _accounts)
bots: Reducer[bool] = Reducer("bot", bool, _bots)
sign_up: Reducer[bool] = Reducer("open sign-up", bool, _sign_up)


@accounts.on("person.signed_up")
def _signed_up(before: str, act: Recorded, evidence: SignedUp) -> str:
    return OPERATOR if evidence.operator else PERSON


@accounts.on("person.added")
def _was_added(before: str, act: Recorded, evidence: Evidence) -> str:
    return PERSON


@bots.on("person.bot_set")
def _bot_set(before: bool, act: Recorded, evidence: BotSet) -> bool:
    return evidence.bot


@sign_up.on("installation.set")
def _set(before: bool, act: Recorded, evidence: InstallationSet) -> bool:
    return evidence.open_signup
