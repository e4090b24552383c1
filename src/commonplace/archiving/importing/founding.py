"""A community founded for an archive: it began when the archive did."""

from datetime import datetime

from django.core.exceptions import ValidationError

from commonplace.communities.evidence import Founded
from commonplace.communities.models import (
    Charter,
    Community,
    Installation,
    Membership,
    Person,
    Role,
    RoleKind,
    Stage,
    Visibility,
)
from commonplace.ledger.bulk import PastAct, bringing
from commonplace.ledger.ids import id_for
from commonplace.untrusted.refused import Refused


def founded(slug: str, title: str, founder: Person, origin: str, at: datetime, language: str = "en") -> Community:
    """The community of that name: an open one, facilitated by its founder; or the one that was founded meanwhile."""
    identifier = id_for(origin, "community", slug, at)
    community = Community(id=identifier, slug=slug, title=title, origin=origin, founded_at=at, language=language)
    _check(community)
    with bringing(founder, community, origin) as incoming:
        incoming.hold([Installation.current()])
        if here := Community.objects.filter(slug=slug).everywhere("a slug is unique").first():
            return here
        charter = Charter(community=community, set_by=founder, set_at=at)
        incoming.write(_rows(community, charter, founder), [_act(community, charter, founder)])
    return community


def _rows(
    community: Community, charter: Charter, founder: Person
) -> list[list[Community | Charter | Membership | Role]]:
    here, at = {"community": community, "person": founder}, community.founded_at
    return [
        [community],
        [charter],
        [Membership(**here, joined_at=at)],
        [Role(**here, kind=RoleKind.FACILITATOR, granted_by=founder, granted_at=at, accepted_at=at)],
    ]


def _act(community: Community, charter: Charter, founder: Person) -> PastAct:
    evidence = Founded(
        visibility=Visibility(community.visibility),
        stage=Stage(community.stage),
        language=community.language,
        traits=[],
        **charter.rule(),
    )
    return PastAct(
        "community.founded", founder.pk, community.pk, community.pk, community.pk, community.founded_at, evidence
    )


def _check(community: Community) -> None:
    try:
        community.clean_fields(exclude=["profile"])
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Refused(f"no community can have this {field}: {messages[0]}") from None
