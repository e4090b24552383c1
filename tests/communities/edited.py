"""The form of a community as a facilitator finds it, with some of it changed."""

from typing import Any

from commonplace.communities.forms.community import filled, fingerprint
from commonplace.communities.models import Community


def typed(community: Community, **changed: Any) -> dict[str, Any]:
    form = filled(community, community.charter)
    values = {bound.name: bound.value() for bound in form}
    seen = {"seen": fingerprint(community)}
    return seen | {name: "" if value is None else value for name, value in (values | changed).items()}
