"""Who is away says so, and until when; who stands in tends the community meanwhile, and holds no role for it."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from commonplace.communities import acts
from commonplace.communities.models import Community, Footing, Person, Role, RoleKind, Visibility, footing
from commonplace.communities.policy import serves
from commonplace.communities.waiting import needs
from commonplace.communities.zones import today
from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.recorded import evidence_of, verbs
from tests.story import Story, role_of
from tests.trust.reading_html import unlinked

HERE, DESK = "/c/pump-crews/", "/c/pump-crews/desk/"


@pytest.fixture
def lea(story: Story) -> Person:
    return story.member("Lea")


@pytest.fixture
def role(story: Story, lea: Person) -> Role:
    return role_of(story.facilitator)


def ahead(days: int = 7) -> date:
    return today() + timedelta(days=days)


@pytest.fixture
def gone(story: Story, role: Role, lea: Person) -> Role:
    """Fay is away for a week, and Lea stands in."""
    return acts.set_away(story.facilitator, role, until=ahead(), stand_in=lea)


@pytest.fixture
def after() -> Iterator[None]:
    """The day after they were away."""
    with clock.at(clock.now() + timedelta(days=8)):
        yield


def stands(person: Person, community: Community) -> Footing:
    return footing(person, community)


def page(story: Story, person: Person, at: str = DESK) -> str:
    return " ".join(unlinked(story.browser(person).get(at).content.decode()).split())


class TestStandingIn:
    def test_the_desk_goes_to_whom_they_name_and_says_so(self, story: Story, lea: Person, role: Role) -> None:
        until = ahead()
        sent = {"until": until.isoformat(), "stand_in": lea.pk}
        after_it = story.browser(story.facilitator).post(f"{HERE}roles/{role.pk}/away/update", sent, follow=True)
        assert "Lea stands in for you, and is told." in after_it.content.decode()
        assert "You are away until" in page(story, story.facilitator)
        assert "Fay Facilitator is away until" in page(story, lea)
        assert "You stand in." in page(story, lea)
        assert "Lea stands in." in page(story, story.member("Omar"), HERE)
        evidence = evidence_of("role.away_set")
        assert (evidence.person, evidence.successor, evidence.until) == (
            story.facilitator.pk,
            lea.pk,
            until.isoformat(),
        )

    def test_what_waits_for_a_facilitator_waits_for_them(self, story: Story, lea: Person, gone: Role) -> None:
        acts.set_profile(story.facilitator, story.community, visibility=Visibility.CLOSED)
        nina = story.person("Nina")
        request = acts.ask_to_join(nina, story.community, words="May I?")
        assert "Nina asks to join" in [need.what for need in needs(lea)]
        assert "May I?" in page(story, lea, HERE)
        assert acts.answer_request(lea, request, admitted=True).admitted
        assert acts.invite(lea, story.community, secret="another")
        assert story.browser(lea).get(f"{HERE}invitations").status_code == 200

    def test_it_ends_with_the_day_and_without_an_act(self, story: Story, lea: Person, gone: Role, after: None) -> None:
        assert not serves(lea, story.community, RoleKind.FACILITATOR)
        assert story.browser(lea).get(DESK).status_code == 403
        assert "You are away until" not in page(story, story.facilitator)
        assert "is away until" not in page(story, story.member("Omar"), HERE)

    def test_it_lasts_to_the_end_of_the_day(self, story: Story, lea: Person, gone: Role) -> None:
        with clock.at(clock.now().replace(hour=23, minute=59) + timedelta(days=7)):
            assert serves(lea, story.community, RoleKind.FACILITATOR)

    def test_who_is_back_early_says_so(self, story: Story, lea: Person, gone: Role) -> None:
        after_it = story.browser(story.facilitator).post(f"{HERE}roles/{gone.pk}/away/end", follow=True)
        assert "You are back" in after_it.content.decode()
        assert not serves(lea, story.community, RoleKind.FACILITATOR)
        assert evidence_of("role.away_set").until is None

    def test_who_stands_in_may_end_that_and_nothing_else(self, story: Story, lea: Person, gone: Role) -> None:
        with pytest.raises(NotPossible, match="end your standing in"):
            acts.set_away(lea, gone, until=None)
        with pytest.raises(NotPossible, match="end your standing in"):
            acts.set_away(lea, gone, until=ahead(30), stand_in=lea)
        after_it = story.browser(lea).post(f"{HERE}roles/{gone.pk}/away/end", follow=True)
        assert "You stand in no more" in after_it.content.decode()
        assert role_of(story.facilitator).away_until == gone.away_until
        assert not serves(lea, story.community, RoleKind.FACILITATOR)

    def test_it_ends_with_membership_and_does_not_come_back_with_it(
        self, story: Story, lea: Person, gone: Role
    ) -> None:
        acts.leave(lea, story.community)
        assert not serves(lea, story.community, RoleKind.FACILITATOR)
        acts.join(lea, story.community)
        assert not serves(lea, story.community, RoleKind.FACILITATOR)

    def test_it_ends_with_the_role(self, story: Story, lea: Person, gone: Role) -> None:
        acts.hand_over_role(story.facilitator, gone, successor=story.member("Omar"))
        assert not serves(lea, story.community, RoleKind.FACILITATOR)

    def test_another_community_is_none_of_theirs(self, story: Story, lea: Person, gone: Role) -> None:
        lab = story.found("lab", "The laboratory", by=story.facilitator)
        story.invited(lea, lab)
        assert not serves(lea, lab, RoleKind.FACILITATOR)


class TestWhatStaysWithTheRole:
    def test_who_stands_in_gives_no_role(self, story: Story, lea: Person, gone: Role) -> None:
        omar = story.member("Omar")
        for kind in RoleKind:
            with pytest.raises(NotPossible, match="You stand in"):
                acts.grant_role(lea, story.community, person=omar, kind=kind)
        roles = page(story, lea, f"{HERE}roles")
        assert f"{HERE}roles/create" not in roles
        assert "Roles are given and ended by whoever holds one." in roles

    def test_who_stands_in_passes_on_and_ends_no_other_s(self, story: Story, lea: Person, gone: Role) -> None:
        omar, steward = story.member("Omar"), story.serving("Sue", RoleKind.STEWARD)
        for change in (acts.end_role, lambda who, role: acts.hand_over_role(who, role, successor=omar)):
            with pytest.raises(NotPossible, match="You stand in"):
                change(lea, role_of(steward))
            with pytest.raises(NotPossible, match="A facilitator hands the role over"):
                change(lea, gone)

    def test_who_stands_in_for_one_may_end_what_they_hold_themselves(
        self, story: Story, lea: Person, gone: Role
    ) -> None:
        steward = story.granted(lea, RoleKind.STEWARD)
        acts.end_role(lea, steward)
        assert not serves(lea, story.community, RoleKind.STEWARD)

    def test_who_stands_in_can_be_given_the_role(self, story: Story, lea: Person, gone: Role) -> None:
        acts.hand_over_role(story.facilitator, gone, successor=lea)
        assert stands(lea, story.community).facilitates

    def test_who_stands_in_becomes_no_sponsor_meanwhile(self, story: Story, lea: Person, gone: Role) -> None:
        second = story.serving("Sara", RoleKind.FACILITATOR)
        offer = acts.grant_role(second, story.community, person=lea, kind=RoleKind.SPONSOR)
        with pytest.raises(NotPossible, match="no sponsor does"):
            acts.accept_role(lea, offer)
        acts.set_away(lea, gone, until=gone.away_until)
        assert acts.accept_role(lea, offer).accepted_at

    def test_who_stands_in_becomes_no_bot_meanwhile(self, story: Story, lea: Person, gone: Role) -> None:
        with pytest.raises(NotPossible, match="Hand over or end their role first: facilitator of Pump crews"):
            acts.set_bot(story.operator, lea, bot=True)


class TestWhoIsHere:
    def test_the_only_one_who_is_here_names_somebody(self, story: Story, lea: Person, role: Role) -> None:
        with pytest.raises(NotPossible, match="Nobody else who facilitates is here"):
            acts.set_away(story.facilitator, role, until=ahead())
        second = story.serving("Sara", RoleKind.FACILITATOR)
        acts.set_away(story.facilitator, role, until=ahead())
        with pytest.raises(NotPossible, match="Nobody else who facilitates is here"):
            acts.set_away(second, role_of(second), until=ahead())

    def test_where_all_others_are_away_nobody_leaves_the_desk_alone(self, story: Story, role: Role) -> None:
        second = story.serving("Sara", RoleKind.FACILITATOR)
        acts.set_away(story.facilitator, role, until=ahead())
        with pytest.raises(NotPossible, match="who is here"):
            acts.end_role(second, role_of(second))
        with pytest.raises(NotPossible, match="the only facilitator who is here"):
            acts.leave(second, story.community)

    def test_who_stands_in_and_goes_away_leaves_somebody(self, story: Story, role: Role) -> None:
        second = story.serving("Sara", RoleKind.FACILITATOR)
        acts.set_away(story.facilitator, role, until=ahead(), stand_in=second)
        with pytest.raises(NotPossible, match="Nobody else who facilitates is here"):
            acts.set_away(second, role_of(second), until=ahead())
        with pytest.raises(NotPossible, match="the only facilitator who is here"):
            acts.leave(second, story.community)

    def test_whom_somebody_covers_who_is_away_is_not_here(self, story: Story, role: Role) -> None:
        second, third = (story.serving(name, RoleKind.FACILITATOR) for name in ("Sara", "Tim"))
        acts.set_away(story.facilitator, role, until=ahead(), stand_in=second)
        acts.set_away(second, role_of(second), until=ahead())
        with pytest.raises(NotPossible, match="Nobody else who facilitates is here"):
            acts.set_away(third, role_of(third), until=ahead())
        with pytest.raises(NotPossible, match="who is here"):
            acts.end_role(third, role_of(third))
        with pytest.raises(NotPossible, match="the only facilitator who is here"):
            acts.leave(third, story.community)

    def test_who_is_away_and_has_somebody_is_as_good_as_here(self, story: Story, lea: Person, gone: Role) -> None:
        second = story.serving("Sara", RoleKind.FACILITATOR)
        assert acts.end_role(second, role_of(second)).ended_at

    def test_whoever_is_back_is_here(self, story: Story, role: Role, lea: Person, gone: Role, after: None) -> None:
        second = story.serving("Sara", RoleKind.FACILITATOR)
        assert acts.end_role(second, role_of(second)).ended_at


class TestGuard:
    @pytest.mark.parametrize(("days", "says"), [(0, "come already"), (-3, "come already"), (181, "180 days")])
    def test_the_day_lies_ahead_and_not_too_far(
        self, story: Story, lea: Person, role: Role, days: int, says: str
    ) -> None:
        with pytest.raises(NotPossible, match=says):
            acts.set_away(story.facilitator, role, until=ahead(days), stand_in=lea)
        assert "role.away_set" not in verbs()

    def test_the_last_day_is_one(self, story: Story, lea: Person, role: Role) -> None:
        assert acts.set_away(story.facilitator, role, until=ahead(180), stand_in=lea).is_away

    def test_who_stands_in_must_be_able_to(self, story: Story, role: Role, nina: Person) -> None:
        fay, bot = story.facilitator, story.member("Digest")
        acts.set_bot(story.operator, bot, bot=True)
        sponsor = story.member("Sam")
        story.granted(sponsor, RoleKind.SPONSOR)
        for person, says in ((nina, "not a member"), (bot, "is a bot"), (sponsor, "sponsors"), (fay, "somebody else")):
            with pytest.raises(NotPossible, match=says):
                acts.set_away(fay, role, until=ahead(), stand_in=person)

    def test_who_is_away_stands_in_for_nobody(self, story: Story, role: Role, lea: Person) -> None:
        second = story.serving("Sara", RoleKind.FACILITATOR)
        acts.set_away(second, role_of(second), until=ahead())
        with pytest.raises(NotPossible, match="Sara is away, too"):
            acts.set_away(story.facilitator, role, until=ahead(), stand_in=second)

    @pytest.mark.breaks_ledger
    def test_who_was_shut_out_stands_in_for_nobody(self, story: Story, role: Role, lea: Person) -> None:
        Person.objects.filter(pk=lea.pk).update(is_active=False)
        with pytest.raises(NotPossible, match="cannot come in"):
            acts.set_away(story.facilitator, role, until=ahead(), stand_in=lea)

    def test_a_sponsor_says_that_they_are_away_and_nobody_stands_in(self, story: Story, lea: Person) -> None:
        sam = story.serving("Sam", RoleKind.SPONSOR)
        with pytest.raises(NotPossible, match="nobody stands in"):
            acts.set_away(sam, role_of(sam), until=ahead(), stand_in=lea)
        form = page(story, sam, f"{HERE}roles/{role_of(sam).pk}/away")
        assert "Who stands in for me" not in form
        acts.set_away(sam, role_of(sam), until=ahead())
        assert "You are away until" in page(story, sam)
        assert "Sam is away until" in page(story, story.facilitator)

    def test_a_steward_has_no_desk_to_be_away_from(self, story: Story, lea: Person) -> None:
        steward = story.serving("Sue", RoleKind.STEWARD)
        with pytest.raises(NotPossible, match="Who facilitates or sponsors"):
            acts.set_away(steward, role_of(steward), until=ahead())

    def test_nobody_is_back_who_was_not_away(self, story: Story, role: Role, lea: Person) -> None:
        with pytest.raises(NotPossible, match="not said that you are away"):
            acts.set_away(story.facilitator, role, until=None)

    def test_who_is_back_names_nobody(self, story: Story, gone: Role, lea: Person) -> None:
        with pytest.raises(NotPossible, match="Say until when"):
            acts.set_away(story.facilitator, gone, until=None, stand_in=lea)

    def test_a_role_that_has_ended_is_nobody_s_to_be_away_from(self, story: Story, role: Role, lea: Person) -> None:
        acts.hand_over_role(story.facilitator, role, successor=lea)
        with pytest.raises(NotPossible, match="ended already"):
            acts.set_away(story.facilitator, role, until=ahead())

    def test_nobody_else_says_it_for_them(self, story: Story, role: Role, lea: Person) -> None:
        second = story.serving("Sara", RoleKind.FACILITATOR)
        for person in (second, lea, story.operator):
            with pytest.raises(NotAllowed):
                acts.set_away(person, role, until=ahead(), stand_in=lea)
            assert story.browser(person).get(f"{HERE}roles/{role.pk}/away").status_code == 404


def test_what_is_refused_is_said_beside_the_field(story: Story, role: Role, lea: Person) -> None:
    at = f"{HERE}roles/{role.pk}/away/update"
    refused = story.browser(story.facilitator).post(at, {"until": ahead().isoformat(), "stand_in": ""})
    assert refused.status_code == 422
    assert "Name who stands in for you, or hand the role over." in refused.content.decode()


def test_where_nobody_can_stand_in_it_is_said_before_the_work(story: Story) -> None:
    role = role_of(story.facilitator)
    form = page(story, story.facilitator, f"{HERE}roles/{role.pk}/away")
    assert "Nobody else who facilitates is here." in form
    assert "/away/update" not in form


def test_a_sponsor_from_outside_reads_of_nobody_that_they_are_away(story: Story, lea: Person, gone: Role) -> None:
    sam = story.serving("Sam", RoleKind.SPONSOR)
    for at in (DESK, HERE, f"{HERE}roles"):
        assert "is away" not in page(story, sam, at)
