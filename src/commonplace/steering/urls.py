from django.urls import path

from commonplace.communities.pages import sent_from
from commonplace.steering.views import cards, judgements, objectives, rounds, signatures

urlpatterns = [
    path("", objectives.index, name="objectives"),
    path("new", objectives.new, name="state_objective"),
    path("create", sent_from("state_objective", objectives.create), name="create_objective"),
    path("<str:pk>/", objectives.show, name="objective"),
    path("<str:pk>/cards/new", cards.new, name="write_card"),
    path("<str:pk>/cards", sent_from("write_card", cards.create), name="create_card"),
    path("<str:pk>/signatures", sent_from("objective", signatures.create), name="sign_card"),
    path("<str:pk>/judgements", sent_from("objective", judgements.create), name="judge"),
    path("<str:pk>/rounds", sent_from("objective", rounds.create), name="open_card_round"),
    path("<str:pk>/rounds/<str:card_round>/", rounds.show, name="card_round"),
    path(
        "<str:pk>/rounds/<str:card_round>/stances", sent_from("card_round", rounds.create_stance), name="speak_on_card"
    ),
    path(
        "<str:pk>/rounds/<str:card_round>/decision",
        sent_from("card_round", rounds.create_decision),
        name="decide_card_round",
    ),
]
