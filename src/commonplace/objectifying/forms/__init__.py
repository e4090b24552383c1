"""What a person types about a practice. Nothing here writes."""

from commonplace.objectifying.forms.audience import AudienceForm, as_typed
from commonplace.objectifying.forms.batches import SAID, BatchForm, ColumnsForm, MeaningsForm
from commonplace.objectifying.forms.bringing import BringForm, TakeOverForm
from commonplace.objectifying.forms.challenging import ChallengeForm, ReaffirmForm
from commonplace.objectifying.forms.crediting import CreditsForm
from commonplace.objectifying.forms.distilling import DistilForm, StewardForm
from commonplace.objectifying.forms.filing import TopicsForm
from commonplace.objectifying.forms.putting_away import PutAwayForm
from commonplace.objectifying.forms.texts import PartsForm, ReviseForm

__all__ = [
    "SAID", "AudienceForm", "BatchForm", "BringForm", "ChallengeForm", "ColumnsForm", "CreditsForm", "DistilForm",
    "MeaningsForm", "PartsForm", "PutAwayForm", "ReaffirmForm", "ReviseForm", "StewardForm", "TakeOverForm",
    "TopicsForm", "as_typed",
]  # fmt: skip
