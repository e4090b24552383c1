from commonplace.communities.models.charter import Charter
from commonplace.communities.models.community import Community
from commonplace.communities.models.door import Invitation, JoinRequest, SignInLink
from commonplace.communities.models.first_hour import FirstHourPutAway
from commonplace.communities.models.folding import Folded
from commonplace.communities.models.footing import Footing, footing
from commonplace.communities.models.installation import Installation
from commonplace.communities.models.kinds import Experience, RoleKind, Stage, Visibility
from commonplace.communities.models.known_for import AskedAbout, KnownFor
from commonplace.communities.models.membership import Membership, Role
from commonplace.communities.models.person import Person
from commonplace.communities.models.tries import Passing, Tries
from commonplace.communities.models.unit import Unit
from commonplace.communities.models.welcoming import Welcoming

__all__ = [
    "AskedAbout",
    "Charter",
    "Community",
    "Experience",
    "FirstHourPutAway",
    "Folded",
    "Footing",
    "Installation",
    "Invitation",
    "JoinRequest",
    "KnownFor",
    "Membership",
    "Passing",
    "Person",
    "Role",
    "RoleKind",
    "SignInLink",
    "Stage",
    "Tries",
    "Unit",
    "Visibility",
    "Welcoming",
    "footing",
]
