from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from commonplace.objectifying.views import challenges, distilling, objections, practices, proposals, versions, words

ROUND = "<str:pk>/proposals/<str:proposal>/"
CHALLENGE = "<str:pk>/challenges/<str:challenge>/"

urlpatterns = [
    path("", require_safe(practices.index), name="practices"),
    path("new", require_safe(distilling.new), name="distil"),
    path("create", require_POST(distilling.create), name="create_practice"),
    path("words", require_safe(words.index), name="words"),
    path("<str:pk>/words", require_safe(words.show), name="practice_words"),
    path("<str:pk>/words/<str:excerpt>/refusal", require_POST(words.create_refusal), name="refuse_words"),
    path("<str:pk>/steward", require_safe(practices.edit_steward), name="edit_steward"),
    path("<str:pk>/steward/update", require_POST(practices.update_steward), name="update_steward"),
    path("<str:pk>/versions/new", require_safe(versions.new), name="revise"),
    path("<str:pk>/versions", require_POST(versions.create), name="create_version"),
    path("<str:pk>/versions/<int:number>/", require_safe(versions.show), name="practice_version"),
    path("<str:pk>/proposals/new", require_safe(proposals.new), name="propose"),
    path("<str:pk>/proposals", require_POST(proposals.create), name="create_proposal"),
    path(ROUND, require_safe(proposals.show), name="proposal"),
    path(f"{ROUND}stances", require_POST(proposals.create_stance), name="take_stance"),
    path(f"{ROUND}decision", require_POST(proposals.create_decision), name="decide"),
    path(f"{ROUND}amendments", require_POST(objections.create_amendment), name="amend"),
    path(f"{ROUND}objections/<str:objection>/answer", require_POST(objections.answer), name="settle_objection"),
    path("<str:pk>/challenges/new", require_safe(challenges.new), name="challenge"),
    path("<str:pk>/challenges", require_POST(challenges.create), name="create_challenge"),
    path(f"{CHALLENGE}settlement/new", require_safe(challenges.new_settlement), name="propose_settlement"),
    path(f"{CHALLENGE}settlement", require_POST(challenges.create_settlement), name="create_settlement"),
    path("<str:pk>/<slug:name>/", require_safe(practices.show), name="practice"),
    path("<str:pk>/", require_safe(practices.show), name="practice_by_id"),
]
