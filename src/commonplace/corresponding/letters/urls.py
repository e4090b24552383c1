from django.urls import path
from django.views.decorators.http import require_safe

from commonplace.communities.pages import sent_from
from commonplace.corresponding.letters import reports
from commonplace.corresponding.views import letters, sent, stopping

urlpatterns = [
    path("me/letters/", require_safe(letters.edit), name="letters"),
    path("me/letters/update", sent_from("letters", letters.update), name="update_letters"),
    path("me/letters/begin-again", sent_from("letters", letters.begin_again), name="begin_letters_again"),
    path("letters/", require_safe(sent.index), name="sent_letters"),
    path("letters/stop/<str:token>", stopping.show, name="stop_letters"),
    *reports.addresses(),
]
