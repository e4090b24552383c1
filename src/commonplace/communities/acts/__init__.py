"""The verbs of communities and people."""

from commonplace.communities.acts.away import set_away
from commonplace.communities.acts.bots import set_bot
from commonplace.communities.acts.doors import add_person, issue_sign_in_link, sign_up, take_sign_in_link
from commonplace.communities.acts.founding import found, set_charter, set_installation, set_profile, set_stage
from commonplace.communities.acts.inviting import accept_invitation, invite, withdraw_invitation
from commonplace.communities.acts.joining import add_member, answer_request, ask_to_join, join, leave
from commonplace.communities.acts.known_for import set_known_for
from commonplace.communities.acts.profile import edit_profile
from commonplace.communities.acts.roles import accept_role, end_role, grant_role, hand_over_role
from commonplace.communities.acts.units import merge_unit, move_unit, name_unit, rename_unit
from commonplace.communities.acts.welcoming import set_welcoming

__all__ = [
    "accept_invitation", "accept_role", "add_member", "add_person", "answer_request", "ask_to_join", "edit_profile",
    "end_role",
    "found", "grant_role", "hand_over_role", "invite", "issue_sign_in_link", "join", "leave",
    "merge_unit", "move_unit", "name_unit", "rename_unit", "set_away",
    "set_bot", "set_charter", "set_installation", "set_known_for", "set_profile", "set_stage", "set_welcoming",
    "sign_up",
    "take_sign_in_link", "withdraw_invitation",
]  # fmt: skip
