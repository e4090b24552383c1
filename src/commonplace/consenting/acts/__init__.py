from commonplace.consenting.acts.amending import amend
from commonplace.consenting.acts.asking import answer_question, ask_about
from commonplace.consenting.acts.deciding import decide
from commonplace.consenting.acts.drafting import draft_rule
from commonplace.consenting.acts.lining_up import line_up, step_out
from commonplace.consenting.acts.listing import Done, in_each, open_list
from commonplace.consenting.acts.objecting import answer_objection, keep_objection, object_for_another, settle_objection
from commonplace.consenting.acts.opening import propose
from commonplace.consenting.acts.speaking import take_stance
from commonplace.consenting.acts.understanding import confirm_understood, restate_objection
from commonplace.consenting.acts.withdrawing import withdraw

__all__ = [
    "Done",
    "amend",
    "answer_objection",
    "answer_question",
    "ask_about",
    "confirm_understood",
    "decide",
    "draft_rule",
    "in_each",
    "keep_objection",
    "line_up",
    "object_for_another",
    "open_list",
    "propose",
    "restate_objection",
    "settle_objection",
    "step_out",
    "take_stance",
    "withdraw",
]
