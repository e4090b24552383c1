"""A community founded for an archive: it began when the archive did."""

from datetime import datetime

from django.core.exceptions import ValidationError

from commonplace.communities.evidence import Founded
from commonplace.communities.models import Charter, Community, Membership, Person, Role, RoleKind, Stage, Visibility
from commonplace.ledger.bulk import Bringing, PastAct
from commonplace.ledger.ids import id_for
from commonplace.untrusted.refused import Refused


def found(slug: str, title: str, founder: Person, origin: str, at: datetime) -> Community:
    """Who: anyone signed in. Effect: an open community with a charter; the founder facilitates it."""
    community = Community(
        id=id_for(origin, "community", slug, at), slug=slug, title=title, origin=origin, founded_at=at
    )
    _check(community)
    here = {"community": community, "person": founder}
    rows = (
        [community],
        [Charter(community=community, set_by=founder, set_at=at)],
        [Membership(**here, joined_at=at)],
        [Role(**here, kind=RoleKind.FACILITATOR, granted_by=founder, granted_at=at)],
    )
    evidence = Founded(
        visibility=Visibility(community.visibility),
        stage=Stage(community.stage),
        language=community.language,
        traits=[],
    )
    act = PastAct("community.founded", founder.pk, community.pk, community.pk, community.pk, at, evidence)
    Bringing(founder, community, origin).write(rows, [act])
    return community


def _check(community: Community) -> None:
    try:
        community.clean_fields(exclude=["profile"])
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Refused(f"no community can have this {field}: {messages[0]}") from None
