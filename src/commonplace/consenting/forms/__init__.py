"""What a person types about a round. Nothing here writes."""

from commonplace.consenting.forms.ending import AmendForm, DecideForm, WithdrawForm
from commonplace.consenting.forms.listing import ConsentForm, ListForm, tick
from commonplace.consenting.forms.objecting import ObjectForm, ReadForm, RestateForm, SettleForm, UnderstoodForm
from commonplace.consenting.forms.opening import ProposeForm
from commonplace.consenting.forms.speaking import AnswerForm, ConfirmForm, EnterForm, QuestionForm, StanceForm

__all__ = [
    "AmendForm", "AnswerForm", "ConfirmForm", "ConsentForm", "DecideForm", "EnterForm", "ListForm",
    "ObjectForm", "ProposeForm", "QuestionForm",
    "ReadForm", "RestateForm", "SettleForm", "StanceForm", "UnderstoodForm", "WithdrawForm", "tick",
]  # fmt: skip
