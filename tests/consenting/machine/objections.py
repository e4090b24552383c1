"""Objections are said to be met, kept, taken up, let go."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from commonplace.consenting import acts
from commonplace.consenting.kinds import How, Kind
from commonplace.consenting.models import RemedySeen
from tests.consenting.machine.heard import Against
from tests.consenting.machine.people import who
from tests.consenting.machine.rounds import Rounds

something_stands = precondition(lambda self: Kind.ACCEPTANCE in self.open and self.heard.unsettled)


class Objections(Rounds):
    def _first(self) -> tuple[str, Against]:
        return next(iter(self.heard.unsettled.items()))

    @something_stands
    @rule(name=who, how=st.sampled_from(How))
    def settles(self, name: str, how: How) -> None:
        heard, (pk, one) = self.heard, self._first()
        with self.attempt():
            acts.settle_objection(self.people[name], heard.row.objections.get(pk=pk), how=how)
            assert how != How.DISSENT
            assert (how == How.TAKEN_UP) is (name != one.person)
            heard.settle(one, self.moment)
            if how == How.TAKEN_UP:
                self._taken_up(name, pk)
            self.goes_back(heard)

    def _taken_up(self, name: str, pk: str) -> None:
        heard, one = self.heard, self.heard.against[pk]
        assert one.repeated or one.person not in self.here()
        assert name in set(heard.asked) - heard.made_it - heard.credited
        new = heard.row.objections.get(taken_from=pk)
        heard.against[new.pk] = Against(name, one.raised_on, of=one)

    @something_stands
    @rule(name=who, opened=st.booleans(), kept=st.booleans())
    def is_answered(self, name: str, opened: bool, kept: bool) -> None:
        heard, (pk, one) = self.heard, self._first()
        row = heard.row.objections.get(pk=pk)
        with self.attempt():
            remedy = acts.answer_objection(self.people[name], row)
            assert name not in heard.made_it | heard.credited | self.roll.sponsors | {one.person}
            one.answered = True
            one.said_met = (heard.number, self.moment if opened else None)
            if opened:
                RemedySeen.objects.create(remedy=remedy, at=self.moment)
        if kept:
            with self.attempt():
                acts.keep_objection(self.people[one.person], row)
                heard.is_waited_for_no_more(one, self.moment)
