"""Every address and who gets what there (expectations.py explains the words).

Sign-in pages are the library's: listed, not judged in depth.
"""

from collections.abc import Mapping
from typing import Any

from commonplace.communities.models import Role
from tests.trust.expectations import (
    ANONYMOUS,
    EVERYONE,
    FACILITATOR,
    FORBIDDEN,
    GO_ON,
    INSIDE,
    NOBODY,
    NOT_THERE,
    OK,
    OPERATOR,
    OVERSEEN,
    READ,
    REFUSED,
    SEEN,
    SIGNED_IN,
    SPONSOR,
    STEERING,
    WITHIN,
    Answer,
    Post,
    Roles,
    Way,
    these,
)
from tests.trust.things import CARD, TEXT

Gives = Answer | Mapping[str, Answer]
LATE = INSIDE - FACILITATOR  # Of what another looks after they are told so, on its page.
DONE_OR_REFUSED: Answer = (302, 422)  # The policy lets pass; the guard may still have its say.


def page(door: Roles, may: Roles = EVERYONE, own: Roles | None = None, gives: Gives = (), **at: str) -> Way:
    return Way(door, may, own, gives=gives, at=at)


def form(door: Roles, may: Roles, post: Post, own: Roles | None = None, gives: Gives = (), **at: str) -> Way:
    return Way(door, may, own, post, gives, at)


def draft(post: Post | None = None, may: Roles = EVERYONE, gives: Gives = ()) -> Way:
    """Of what somebody laid before themselves to bring in."""
    return Way(READ, may, may, post, gives, {"pk": "draft"}, hidden=True)


def account(signed_in: Answer = OK, anonymous: Answer = GO_ON, **at: str) -> Way:
    return Way(EVERYONE, gives={"": signed_in, ANONYMOUS: anonymous}, at=at)


# Passwords are unusable in these tests, so some pages lead on.
ACCOUNTS: Mapping[str, Way] = {
    "account_login": account(GO_ON, OK),
    "account_logout": account(),
    "account_signup": account(GO_ON, OK),
    "account_inactive": account(OK, OK),
    "account_email": account(),
    "account_email_verification_sent": account(NOT_THERE, NOT_THERE),
    "account_confirm_email": account(NOT_THERE, NOT_THERE, key="none"),
    "account_change_password": account(GO_ON),
    "account_set_password": account(GO_ON),
    "account_reauthenticate": account(FORBIDDEN),
    "account_reset_password": account(OK, OK),
    "account_reset_password_done": account(NOT_THERE, NOT_THERE),
    "account_reset_password_from_key": account(NOT_THERE, NOT_THERE, uidb36="1", key="none"),
    "account_reset_password_from_key_done": account(NOT_THERE, NOT_THERE),
    "mfa_index": account(),
    "mfa_authenticate": account(GO_ON),
    "mfa_reauthenticate": account(FORBIDDEN),
    "mfa_activate_totp": account(),
    "mfa_deactivate_totp": account(NOT_THERE),
    "mfa_view_recovery_codes": account(NOT_THERE),
    "mfa_generate_recovery_codes": account(),
    "mfa_download_recovery_codes": account(NOT_THERE),
}
PLACES: Mapping[str, Way] = {
    "home": page(SIGNED_IN),
    "search": page(SIGNED_IN),
    "ask_somewhere": page(SIGNED_IN, gives={"": (200, 302)}),
    "keys": page(SIGNED_IN),
    "update_keys": form(SIGNED_IN, SIGNED_IN, {"keys": "off"}),
    "notices": page(SIGNED_IN),
    "count_notices": page(SIGNED_IN),
    "not_now": page(SIGNED_IN),
    "create_not_now": form(SIGNED_IN, SIGNED_IN, {}),
    "destroy_not_now": form(SIGNED_IN, SIGNED_IN, {}),
    "put_away_notices": form(SIGNED_IN, SIGNED_IN, {}),
    "letters": page(SIGNED_IN),
    "update_letters": form(SIGNED_IN, SIGNED_IN, {"often": "daily", "hour": "7"}),
    "begin_letters_again": form(SIGNED_IN, SIGNED_IN, {}),
    "stop_letters": page(EVERYONE, gives=NOT_THERE, token="none"),  # Only what is sealed in a letter opens it.
    "healthz": page(EVERYONE),
    "set_language": form(EVERYONE, EVERYONE, {"language": "fr"}),
    "start": page(EVERYONE, gives=GO_ON),
    "demo_door": page(EVERYONE, gives=NOT_THERE, token="none"),  # Outside an example it opens nothing.
}
ME: Mapping[str, Way] = {
    "me": page(SIGNED_IN),
    "kept": page(SIGNED_IN, gives={"": GO_ON}, pk="none"),
    "update_me": form(SIGNED_IN, SIGNED_IN, {"name": "Another", "language": "en", "time_zone": "UTC"}),
    "update_picture": form(SIGNED_IN, SIGNED_IN, {}, gives={"": REFUSED}),
    "remove_picture": form(SIGNED_IN, SIGNED_IN, {}),
    "end_session": form(SIGNED_IN, SIGNED_IN, {}, gives={"": (302, 404)}, pk="none"),
    "end_other_sessions": form(SIGNED_IN, SIGNED_IN, {}),
    "my_data": page(SIGNED_IN),
    "new_password": page(SIGNED_IN),
    "update_password": form(SIGNED_IN, SIGNED_IN, {}, gives={"": REFUSED}),
    "picture": page(SIGNED_IN, gives={"": NOT_THERE}, name="none.jpg"),
    "my_files": page(SIGNED_IN),
    "file": Way(READ, own_door=SIGNED_IN, at={"pk": "file", "name": "plan.txt"}),
    "create_file": form(SIGNED_IN, INSIDE | these("outsider"), {}, gives={"": REFUSED}),
    "my_feeds": page(SIGNED_IN),
    "make_feeds": form(SIGNED_IN, SIGNED_IN, {}, gives=OK),
    "end_feeds": form(SIGNED_IN, SIGNED_IN, {}),
    # Who has the secret reads as the person whose it is, whoever they are.
    "notices_feed": page(EVERYONE, secret="feed_secret"),
    "calendar_feed": page(EVERYONE, secret="feed_secret"),
    "community_feed": page(EVERYONE, secret="feed_secret"),
    "sign_in_link": page(EVERYONE, secret="sign_in_secret"),
}
OPERATION: Mapping[str, Way] = {
    "operator": page(SIGNED_IN, OPERATOR),
    "operated_communities": page(SIGNED_IN, OPERATOR),
    "topics_health": page(SIGNED_IN, OPERATOR),
    "storage": page(SIGNED_IN, OPERATOR),
    "backups": page(SIGNED_IN, OPERATOR),
    "running_versions": page(SIGNED_IN, OPERATOR),
    "doctor": page(SIGNED_IN, OPERATOR),
    "run_doctor": form(SIGNED_IN, OPERATOR, {}),
    "installation": page(SIGNED_IN, OPERATOR),
    "update_installation": form(SIGNED_IN, OPERATOR, {"name": "Pump house"}),
    "jobs": page(SIGNED_IN, OPERATOR),
    "sent_letters": page(SIGNED_IN, OPERATOR),
    "retry_job": form(SIGNED_IN, OPERATOR, {}, pk="given_up_job"),
    "drop_job": form(SIGNED_IN, OPERATOR, {}, pk="given_up_job"),
    "people": page(SIGNED_IN, OPERATOR),
    "new_people": page(SIGNED_IN, OPERATOR),
    "preview_people": form(SIGNED_IN, OPERATOR, {"people": "Ann, ann@example.org"}, gives=OK),
    "create_people": form(SIGNED_IN, OPERATOR, {"ready": "Ann,ann@example.org,,"}, gives=(200, 422)),
    "units": page(SIGNED_IN, OPERATOR),
    "create_unit": form(SIGNED_IN, OPERATOR, {"name": "North"}),
    "edit_unit": page(SIGNED_IN, OPERATOR, pk="unit"),
    "update_unit": form(SIGNED_IN, OPERATOR, {"name": "North"}, pk="unit"),
    "merge_unit": form(SIGNED_IN, OPERATOR, lambda made: {"into": made["another_unit"].pk}, pk="unit"),
    "set_bot": form(SIGNED_IN, OPERATOR, {"bot": "on"}, gives=DONE_OR_REFUSED, pk="person"),
    "issue_link": form(SIGNED_IN, OPERATOR, {}, gives=OK, pk="person"),
}
CHARTER = {
    "title": "Crew", "domain": "Pumps", "visibility": "open", "language": "en", "time_zone": "UTC",
    "stage": "potential", "round_days": 14, "refusal_days": 7, "review_days": 365,
}  # fmt: skip
COMMUNITIES: Mapping[str, Way] = {
    "found": page(SIGNED_IN),
    "create_community": form(SIGNED_IN, SIGNED_IN, {**CHARTER, "slug": "new-crew"}),
    "communities": page(SIGNED_IN),
    "community": page(SEEN),
    "edit_community": page(SEEN, FACILITATOR),
    "update_community": form(SEEN, FACILITATOR, CHARTER, gives=DONE_OR_REFUSED),
    "desk": page(OVERSEEN, STEERING),
    "checklist": page(OVERSEEN, FACILITATOR),
    "following": page(INSIDE),
    "create_following": form(INSIDE, INSIDE, {}, gives={"": REFUSED}),
    "update_following": form(INSIDE, INSIDE, {"kind": "topic", "of": "none"}, gives={"": NOT_THERE}),
    "charters": page(SEEN),
    "first_hour": page(SEEN, FACILITATOR),
    "put_away_first_hour": form(SEEN, FACILITATOR, {}),
    "first_charter": page(SEEN, FACILITATOR),
    "set_first_charter": form(SEEN, FACILITATOR, lambda made: _as_it_is(made.world.here), gives=DONE_OR_REFUSED),
    "members": page(INSIDE),
    "person": page(INSIDE, pk="membership.person"),
    "known_for": page(INSIDE),
    "set_known_for": form(INSIDE, INSIDE, {"words": "Seals"}),
    "join": form(SEEN, SEEN, {}, gives=DONE_OR_REFUSED),
    "leave": form(SEEN, INSIDE, {}, gives={"facilitator": REFUSED}),
    "set_welcoming": form(SEEN, INSIDE, {"welcomes": "yes"}, gives=DONE_OR_REFUSED),
    "ask_to_join": form(SEEN, SEEN, {"words": "May I?"}, gives=DONE_OR_REFUSED),
    "answer_request": form(SEEN, FACILITATOR, {"admitted": "yes"}, pk="join_request"),
    "invitations": page(SEEN, FACILITATOR),
    "invite": form(SEEN, FACILITATOR, {}, gives=OK),
    "withdraw_invitation": form(SEEN, FACILITATOR, {}, pk="invitation"),
    "invitation": page(EVERYONE, gives=dict.fromkeys(INSIDE, GO_ON), secret="invitation_secret"),
    "accept_invitation": form(
        SIGNED_IN, SIGNED_IN, {}, gives=dict.fromkeys(INSIDE, REFUSED), secret="invitation_secret"
    ),
    "roles": page(WITHIN),
    "grant_role": form(SEEN, FACILITATOR, lambda made: {"kind": "steward", "person": made.world.people["member"].pk}),
    "hand_over_role": form(
        INSIDE,
        INSIDE,
        lambda made: {"role": _role_of_the_steward(made), "successor": made.world.people["member"].pk},
        gives={"newcomer": REFUSED, "member": REFUSED},
    ),
    # One's own only: of another's it is as if it were not there (tests/communities/test_accept_role.py).
    "role_offer": page(SIGNED_IN, gives=(200, 404), pk="role_offer"),
    "accept_role": form(SIGNED_IN, SIGNED_IN, {}, gives=(302, 404, 422), pk="role_offer"),
    "decline_role": form(SIGNED_IN, SIGNED_IN, {}, gives=(302, 404, 422), pk="role_offer"),
    # Of one's own role (tests/communities/test_set_away.py).
    "edit_away": page(WITHIN, gives=NOT_THERE, pk="role"),
    "update_away": form(WITHIN, WITHIN, {}, gives=NOT_THERE, pk="role"),
    "end_away": form(WITHIN, WITHIN, {}, gives=NOT_THERE, pk="role"),
    "edit_rule": page(INSIDE),
    "update_rule": form(INSIDE, INSIDE, {}, gives=REFUSED),
    "end_role": form(INSIDE, FACILITATOR, {}, pk="role"),
}
WORDS = {"title": "Prime lost again", "body": "It turns."}
EXCHANGES: Mapping[str, Way] = {
    "exchanges": page(READ),
    "ask": page(READ, INSIDE),
    "create_exchange": form(READ, INSIDE, {"kind": "request", "purpose": "reuse", **WORDS}),
    "hello": page(READ, INSIDE),
    "say_hello": form(READ, INSIDE, {"body": "I bleed pumps at night."}),
    "exchange": page(READ, pk="exchange", name="prime-lost"),
    "exchange_by_id": page(READ, pk="exchange"),
    "response": page(READ, gives=GO_ON, pk="response.exchange", response="response"),
    "comments": page(READ, pk="exchange"),
    "new_comment": page(READ, INSIDE, pk="exchange"),
    "new_confirmation": page(READ, INSIDE, own=NOBODY, pk="offer"),
    "new_closing": page(READ, FACILITATOR, own=INSIDE, pk="exchange"),
    "new_link": page(READ, INSIDE, pk="exchange"),
    "edit_exchange": page(READ, NOBODY, own=INSIDE, pk="exchange"),
    "update_exchange": form(READ, NOBODY, lambda made: _edited(made["exchange"]), own=INSIDE, pk="exchange"),
    "respond": form(READ, INSIDE, {"body": "Bleed it."}, pk="exchange"),
    "comment": form(READ, INSIDE, {"body": "Which one?"}, pk="exchange"),
    "edit_response": page(READ, NOBODY, own=INSIDE, pk="response.exchange", response="response"),
    "update_response": form(
        READ,
        NOBODY,
        lambda made: _edited(made["response"]),
        own=INSIDE,
        pk="response.exchange",
        response="response",
    ),
    "thank": form(READ, INSIDE, {}, gives=DONE_OR_REFUSED, pk="response.exchange", response="response"),
    "withdraw_thanks": form(READ, INSIDE, {}, gives=DONE_OR_REFUSED, pk="response.exchange", response="response"),
    "confirm": form(READ, INSIDE, {"benefit": "solution"}, own=NOBODY, pk="offer"),
    "close": form(READ, FACILITATOR, {"purpose": "reuse", "why": "other"}, own=INSIDE, pk="exchange"),
    "link": form(
        READ, INSIDE, lambda made: {"kind": "linked", "address": made["offer"].get_absolute_url()}, pk="exchange"
    ),
}
TOPICS: Mapping[str, Way] = {
    "topics": page(READ),
    "topic": page(READ, pk="topic", name="pumps"),
    "topic_by_id": page(READ, pk="topic"),
    "edit_topic": page(SEEN, FACILITATOR, pk="topic"),
    "rename_topic": form(SEEN, FACILITATOR, {"name": "Priming"}, pk="topic"),
    "alias_topic": form(SEEN, FACILITATOR, {"name": "Priming"}, pk="topic"),
    "merge_topic": form(SEEN, FACILITATOR, {"into": "Priming"}, gives=DONE_OR_REFUSED, pk="topic"),
}
ROUND, TO_CONSENT = {"pk": "proposal"}, {"matter": "acceptance", "subject": "practice"}
LIST = {"pk": "listed.list"}
OBJECTION = {"pk": "objection.proposal", "objection": "objection"}
ROUNDS: Mapping[str, Way] = {
    "proposals": page(READ),
    "propose": page(READ, INSIDE, **TO_CONSENT),
    "create_proposal": form(
        READ,
        INSIDE,
        {"aim": "Sleep", "review_on": "2031-01-01", "number": "1"},
        gives=DONE_OR_REFUSED,
        **TO_CONSENT,
    ),
    "propose_list": page(READ, INSIDE, matter="acceptance"),
    "create_list": form(
        READ,
        INSIDE,
        lambda made: {"aim": "Sleep", "review_on": "2031-01-01", "put": f"{made['practice'].pk}:1"},
        gives=DONE_OR_REFUSED,
        matter="acceptance",
    ),
    "list": page(READ, **LIST),
    "consent_to_list": form(READ, INSIDE, lambda made: {"consent": f"{made['listed'].pk}:1"}, **LIST),
    "withdraw_list": form(READ, NOBODY, {"reason": "Too soon", "why": "early"}, own=INSIDE, **LIST),
    "leave_line": form(READ, INSIDE, {}, **TO_CONSENT),
    "proposal": page(READ, **ROUND),
    "take_stance": form(READ, INSIDE, {"stance": "consent", "number": "1"}, **ROUND),
    "enter_stance": form(
        READ, INSIDE, lambda made: {"stance": "aside", "number": "1", "person": made.world.somebody.pk}, **ROUND
    ),
    "ask_about": form(READ, INSIDE, {"text": "Which valve?"}, **ROUND),
    "answer_question": form(READ, INSIDE, {"text": "The lower one."}, pk="question.proposal", question="question"),
    "object_for_another": form(READ, FACILITATOR, {"ground": "unsafe", "harm": "It would hurt."}, **ROUND),
    "objection": page(READ, **OBJECTION),
    "settle_objection": form(READ, INSIDE, {"how": "withdrawn", "number": "1"}, gives=DONE_OR_REFUSED, **OBJECTION),
    "answer_objection": form(READ, FACILITATOR, {"number": "1"}, own=NOBODY, gives=DONE_OR_REFUSED, **OBJECTION),
    "keep_objection": form(READ, NOBODY, {"number": "1"}, own=INSIDE, gives=DONE_OR_REFUSED, **OBJECTION),
    "restate_objection": form(READ, INSIDE, {"heard_as": "You fear a flood."}, own=NOBODY, **OBJECTION),
    "confirm_understood": form(READ, NOBODY, {"seen": "You fear a flood."}, own=INSIDE, **OBJECTION),
    "amend": form(READ, NOBODY, {"number": "2"}, own=INSIDE, gives=DONE_OR_REFUSED, **ROUND),
    "withdraw": form(READ, NOBODY, {"reason": "Too soon", "why": "early"}, own=INSIDE, **ROUND),
    "decide": form(READ, INSIDE, {"outcome": "returned", "reason": "Too soon"}, gives=REFUSED, **ROUND),
}
CHALLENGE = {"pk": "challenge.practice", "challenge": "challenge"}
EDIT = {"pk": "minor_edit.practice", "number": "2"}
PRACTICES: Mapping[str, Way] = {
    "practices": page(READ),
    "distil": page(READ, INSIDE),
    "create_practice": form(
        READ, INSIDE, lambda made: {"title": "Priming", "exchange": made["exchange"].pk, **TEXT}, gives=DONE_OR_REFUSED
    ),
    "bring": page(READ, INSIDE),
    "create_brought": form(READ, INSIDE, {"title": "Priming", "source_kind": "habit", "authority": "habit", **TEXT}),
    "batches": page(READ),
    "new_batch": page(READ, INSIDE),
    "create_batch": form(READ, INSIDE, {"pasted": "Title\nPriming", "called": "Handbook", "source_kind": "habit"}),
    "batch": draft(),
    "update_rows": draft({}),
    "batch_row": Way(READ, EVERYONE, EVERYONE, at={"pk": "changed_row.batch", "row": "changed_row"}, hidden=True),
    "update_columns": draft({}),
    "update_meanings": draft({}),
    "update_source": draft({"spelled": "Handbook"}),
    "confirm_batch": draft(lambda made: dict.fromkeys(("seen", "taken"), made["draft"].rows.get().pk), INSIDE),
    "destroy_batch": draft({}),
    "back_batch": form(READ, EVERYONE, {}, pk="batch"),
    "back_practice": form(READ, INSIDE, {}, gives=DONE_OR_REFUSED, pk="brought"),
    "take_over": page(READ, pk="practice"),
    "compare_practices": page(READ, pk="brought", other="brought.bringing.original"),
    "practice": page(READ, pk="practice", name="restarting-a-pump"),
    "practice_by_id": page(READ, pk="practice"),
    "print_practice": page(READ, pk="practice"),
    "words": page(READ),
    "practice_words": page(READ, pk="excerpt.practice"),
    "refuse_words": form(READ, NOBODY, {}, own=READ, pk="excerpt.practice", excerpt="excerpt"),
    "edit_credits": page(READ, FACILITATOR, own=INSIDE, pk="practice"),
    "update_credits": form(
        READ, FACILITATOR, lambda made: {"authors": made["practice"].begun_by_id}, own=INSIDE, pk="practice"
    ),
    "edit_audience": page(READ, FACILITATOR, own=INSIDE, pk="practice"),
    "update_audience": form(READ, FACILITATOR, {"number": "1", "audience": "newcomers"}, own=INSIDE, pk="practice"),
    "edit_topics": page(READ, INSIDE, pk="practice"),
    "update_topics": form(READ, INSIDE, {"topics": "valves by night"}, pk="practice"),
    "edit_steward": page(READ, FACILITATOR, own=INSIDE, gives=dict.fromkeys(LATE, (200, 302)), pk="practice"),
    "update_steward": form(
        READ, FACILITATOR, {"steward": ""}, own=INSIDE, gives=dict.fromkeys(LATE, GO_ON), pk="practice"
    ),
    "revise": page(READ, INSIDE, pk="practice"),
    "create_version": form(READ, INSIDE, {**TEXT, "how": "Otherwise.", "base": "1"}, pk="practice"),
    "practice_version": page(READ, pk="practice", number="1"),
    "challenge": page(READ, INSIDE, pk="agreed"),
    "create_challenge": form(READ, INSIDE, {"reason": "It failed.", "ground": "failed"}, pk="agreed"),
    "challenges": page(READ, pk="agreed"),
    "share_challenge": form(READ, INSIDE, {}, gives=DONE_OR_REFUSED, **CHALLENGE),
    "take_back_challenge": form(READ, NOBODY, {}, own=INSIDE, gives=DONE_OR_REFUSED, **CHALLENGE),
    "find_fine": form(READ, INSIDE, {}, gives=DONE_OR_REFUSED, **EDIT),
    "take_back_edit": form(READ, NOBODY, {}, own=INSIDE, gives=DONE_OR_REFUSED, **EDIT),
    "put_away": page(READ, FACILITATOR, own=INSIDE, pk="practice"),
    "create_put_away": form(READ, FACILITATOR, {"reason": "Nobody tries it."}, own=INSIDE, pk="practice"),
    "reviews": page(READ),
    "review": page(READ, pk="review.practice"),
    "reaffirm": form(READ, INSIDE, {}, gives=DONE_OR_REFUSED, pk="review.practice"),
}
LEARNING: Mapping[str, Way] = {
    "applications": page(READ, pk="application.practice"),
    "application": page(READ, pk="application.practice", application="application"),
    "apply": page(READ, INSIDE, pk="agreed"),
    "create_application": form(READ, INSIDE, {"outcome": "worked", "where": "Site 3"}, pk="agreed"),
}
JUDGED = {"level": "0", "words": "As hoped."}


def card_of(made: Mapping[str, Any], name: str = "card") -> Mapping[str, str]:
    """The card that the form was shown with."""
    return {name: made["objective"].latest.pk}


STEERED: Mapping[str, Way] = {
    "cycle": page(OVERSEEN),
    "objectives": page(OVERSEEN),
    "state_objective": page(OVERSEEN, STEERING),
    "create_objective": form(OVERSEEN, STEERING, {**CARD, "horizon": "2031-01-01", "review_days": "91"}),
    "objective": page(OVERSEEN, pk="objective"),
    "write_card": page(OVERSEEN, STEERING, pk="objective"),
    "create_card": form(
        OVERSEEN,
        STEERING,
        lambda made: {**CARD, "horizon": "2031-01-01", "review_days": "30", "why": "Rest.", **card_of(made, "base")},
        pk="objective",
    ),
    "sign_card": form(OVERSEEN, SPONSOR, card_of, pk="objective"),
    "judge": form(
        OVERSEEN,
        STEERING,
        lambda made: {**JUDGED, "side": "sponsor", **card_of(made)},
        gives=DONE_OR_REFUSED,
        pk="objective",
    ),
}
GROUPS: Mapping[str, Mapping[str, Way]] = {
    "places and accounts": {**PLACES, **ACCOUNTS, **ME, **OPERATION},
    "communities": COMMUNITIES,
    "exchanges": {**EXCHANGES, **TOPICS},
    "rounds": ROUNDS,
    "practices": PRACTICES,
    "learning and steering": {**LEARNING, **STEERED},
}
ROUTES: Mapping[str, Way] = {name: way for group in GROUPS.values() for name, way in group.items()}


def _edited(words: Any) -> dict[str, str]:
    return {**WORDS, "seen": words.fingerprint}


def _as_it_is(community: Any) -> dict[str, str]:
    return {"domain": "Pumps and crews", "seen": community.charter.pk}


def _role_of_the_steward(made: Any) -> str:
    steward = made.world.people["steward"]
    return Role.objects.filter(person=steward, kind="steward", ended_at=None).everywhere("test").get().pk
