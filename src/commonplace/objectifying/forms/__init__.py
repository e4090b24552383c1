"""What a person types about a practice. Nothing here writes."""

from commonplace.objectifying.forms.challenging import ChallengeForm, SettlementForm
from commonplace.objectifying.forms.distilling import DistilForm, StewardForm
from commonplace.objectifying.forms.speaking import DecideForm, ProposeForm, SettleObjectionForm, StanceForm
from commonplace.objectifying.forms.texts import PartsForm, ReviseForm

__all__ = [
    "ChallengeForm", "DecideForm", "DistilForm", "PartsForm", "ProposeForm", "ReviseForm", "SettleObjectionForm",
    "SettlementForm", "StanceForm", "StewardForm",
]  # fmt: skip
