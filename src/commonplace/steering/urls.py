from django.urls import path

from commonplace.communities.pages import sent_from
from commonplace.steering.views import cards, judgements, objectives, signatures

urlpatterns = [
    path("", objectives.index, name="objectives"),
    path("new", objectives.new, name="state_objective"),
    path("create", sent_from("state_objective", objectives.create), name="create_objective"),
    path("<str:pk>/", objectives.show, name="objective"),
    path("<str:pk>/cards/new", cards.new, name="write_card"),
    path("<str:pk>/cards", sent_from("write_card", cards.create), name="create_card"),
    path("<str:pk>/signatures", sent_from("objective", signatures.create), name="sign_card"),
    path("<str:pk>/judgements", sent_from("objective", judgements.create), name="judge"),
]
