from django.urls import path
from django.views.decorators.http import require_safe

from commonplace.communities.pages import sent_from
from commonplace.objectifying.views import challenges, distilling, objections, practices, proposals, versions, words

ROUND = "<str:pk>/proposals/<str:proposal>/"
CHALLENGE = "<str:pk>/challenges/<str:challenge>/"

urlpatterns = [
    path("", require_safe(practices.index), name="practices"),
    path("new", require_safe(distilling.new), name="distil"),
    path("create", sent_from("distil", distilling.create), name="create_practice"),
    path("words", require_safe(words.index), name="words"),
    path("<str:pk>/words", require_safe(words.show), name="practice_words"),
    path(
        "<str:pk>/words/<str:excerpt>/refusal", sent_from("practice_words", words.create_refusal), name="refuse_words"
    ),
    path("<str:pk>/steward", require_safe(practices.edit_steward), name="edit_steward"),
    path("<str:pk>/steward/update", sent_from("edit_steward", practices.update_steward), name="update_steward"),
    path("<str:pk>/versions/new", require_safe(versions.new), name="revise"),
    path("<str:pk>/versions", sent_from("revise", versions.create), name="create_version"),
    path("<str:pk>/versions/<int:number>/", require_safe(versions.show), name="practice_version"),
    path("<str:pk>/proposals/new", require_safe(proposals.new), name="propose"),
    path("<str:pk>/proposals", sent_from("propose", proposals.create), name="create_proposal"),
    path(ROUND, require_safe(proposals.show), name="proposal"),
    path(f"{ROUND}stances", sent_from("proposal", proposals.create_stance), name="take_stance"),
    path(f"{ROUND}decision", sent_from("proposal", proposals.create_decision), name="decide"),
    path(f"{ROUND}amendments", sent_from("proposal", objections.create_amendment), name="amend"),
    path(
        f"{ROUND}objections/<str:objection>/answer", sent_from("proposal", objections.answer), name="settle_objection"
    ),
    path("<str:pk>/challenges/new", require_safe(challenges.new), name="challenge"),
    path("<str:pk>/challenges", sent_from("challenge", challenges.create), name="create_challenge"),
    path(f"{CHALLENGE}settlement/new", require_safe(challenges.new_settlement), name="propose_settlement"),
    path(
        f"{CHALLENGE}settlement",
        sent_from("propose_settlement", challenges.create_settlement),
        name="create_settlement",
    ),
    path("<str:pk>/<slug:name>/", require_safe(practices.show), name="practice"),
    path("<str:pk>/", require_safe(practices.show), name="practice_by_id"),
]
