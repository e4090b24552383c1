from django.urls import path
from django.views.decorators.http import require_POST

from commonplace.steering.views import cards, judgements, objectives, rounds, signatures

urlpatterns = [
    path("", objectives.index, name="objectives"),
    path("new", objectives.new, name="state_objective"),
    path("create", require_POST(objectives.create), name="create_objective"),
    path("<str:pk>/", objectives.show, name="objective"),
    path("<str:pk>/cards/new", cards.new, name="write_card"),
    path("<str:pk>/cards", require_POST(cards.create), name="create_card"),
    path("<str:pk>/signatures", require_POST(signatures.create), name="sign_card"),
    path("<str:pk>/judgements", require_POST(judgements.create), name="judge"),
    path("<str:pk>/rounds", require_POST(rounds.create), name="open_card_round"),
    path("<str:pk>/rounds/<str:card_round>/", rounds.show, name="card_round"),
    path("<str:pk>/rounds/<str:card_round>/stances", require_POST(rounds.create_stance), name="speak_on_card"),
    path("<str:pk>/rounds/<str:card_round>/decision", require_POST(rounds.create_decision), name="decide_card_round"),
]
