from django.urls import path
from django.views.decorators.http import require_safe

from commonplace.communities.pages import sent_from
from commonplace.consenting.views import ending, listing, lists, objections, opening, proposals, rule, speaking

ROUND, OBJECTION = "<str:pk>", "<str:pk>/objections/<str:objection>"

urlpatterns = [
    path("", require_safe(proposals.index), name="proposals"),
    path("rule", require_safe(rule.edit), name="edit_rule"),
    path("rule/update", sent_from("edit_rule", rule.update), name="update_rule"),
    path("new/<str:matter>/<str:subject>/", require_safe(opening.new), name="propose"),
    path("new/<str:matter>/<str:subject>/create", sent_from("propose", opening.create), name="create_proposal"),
    path("new/<str:matter>/<str:subject>/leave", sent_from("propose", opening.leave), name="leave_line"),
    path("lists/new/<str:matter>/", require_safe(listing.new), name="propose_list"),
    path("lists/new/<str:matter>/create", sent_from("propose_list", listing.create), name="create_list"),
    path("lists/<str:pk>/", require_safe(lists.show), name="list"),
    path("lists/<str:pk>/stances", sent_from("list", lists.consent), name="consent_to_list"),
    path("lists/<str:pk>/withdrawal", sent_from("list", lists.withdraw), name="withdraw_list"),
    path(f"{ROUND}/", require_safe(proposals.show), name="proposal"),
    path(f"{ROUND}/stances", sent_from("proposal", speaking.take_stance), name="take_stance"),
    path(f"{ROUND}/stances/entered", sent_from("proposal", speaking.enter_stance), name="enter_stance"),
    path(f"{ROUND}/questions", sent_from("proposal", speaking.ask_about), name="ask_about"),
    path(
        f"{ROUND}/questions/<str:question>/answers",
        sent_from("proposal", speaking.answer_question),
        name="answer_question",
    ),
    path(f"{ROUND}/objections", sent_from("proposal", objections.object_for_another), name="object_for_another"),
    path(f"{OBJECTION}/", require_safe(objections.show), name="objection"),
    path(f"{OBJECTION}/settlement", sent_from("objection", objections.settle), name="settle_objection"),
    path(f"{OBJECTION}/answer", sent_from("objection", objections.answer), name="answer_objection"),
    path(f"{OBJECTION}/kept", sent_from("objection", objections.keep), name="keep_objection"),
    path(f"{OBJECTION}/understanding", sent_from("objection", objections.restate), name="restate_objection"),
    path(f"{OBJECTION}/understood", sent_from("objection", objections.confirm), name="confirm_understood"),
    path(f"{ROUND}/amendments", sent_from("proposal", ending.amend), name="amend"),
    path(f"{ROUND}/withdrawal", sent_from("proposal", ending.withdraw), name="withdraw"),
    path(f"{ROUND}/decision", sent_from("proposal", ending.decide), name="decide"),
]
