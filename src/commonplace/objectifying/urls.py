from django.urls import path
from django.views.decorators.http import require_safe

from commonplace.communities.pages import sent_from
from commonplace.objectifying.views import (
    audience,
    batches,
    bringing,
    challenges,
    crediting,
    distilling,
    filing,
    practices,
    putting_away,
    reviews,
    versions,
    words,
)

urlpatterns = [
    path("", require_safe(practices.index), name="practices"),
    path("new", require_safe(distilling.new), name="distil"),
    path("create", sent_from("distil", distilling.create), name="create_practice"),
    path("bring", require_safe(bringing.new), name="bring"),
    path("bring/create", sent_from("bring", bringing.create), name="create_brought"),
    path("batches/", require_safe(batches.index), name="batches"),
    path("batches/new", require_safe(batches.new), name="new_batch"),
    path("batches", sent_from("new_batch", batches.create), name="create_batch"),
    path("batches/<str:pk>", require_safe(batches.show), name="batch"),
    path("batches/<str:pk>/columns", sent_from("batch", batches.update_columns), name="update_columns"),
    path("batches/<str:pk>/meanings", sent_from("batch", batches.update_meanings), name="update_meanings"),
    path("batches/<str:pk>/source", sent_from("batch", batches.update_source), name="update_source"),
    path("batches/<str:pk>/confirm", sent_from("batch", batches.confirm), name="confirm_batch"),
    path("batches/<str:pk>/end", sent_from("batch", batches.destroy), name="destroy_batch"),
    path("batches/<str:pk>/backings", sent_from("batch", batches.create_backings), name="back_batch"),
    path("<str:pk>/back", sent_from("practice_by_id", bringing.create_backing), name="back_practice"),
    path("<str:pk>/take", require_safe(bringing.take_over), name="take_over"),
    path("<str:pk>/beside/<str:other>", require_safe(bringing.compare), name="compare_practices"),
    path("words", require_safe(words.index), name="words"),
    path("<str:pk>/words", require_safe(words.show), name="practice_words"),
    path(
        "<str:pk>/words/<str:excerpt>/refusal", sent_from("practice_words", words.create_refusal), name="refuse_words"
    ),
    path("<str:pk>/credits", require_safe(crediting.edit), name="edit_credits"),
    path("<str:pk>/credits/update", sent_from("edit_credits", crediting.update), name="update_credits"),
    path("<str:pk>/audience", require_safe(audience.edit), name="edit_audience"),
    path("<str:pk>/audience/update", sent_from("edit_audience", audience.update), name="update_audience"),
    path("<str:pk>/topics", require_safe(filing.edit), name="edit_topics"),
    path("<str:pk>/topics/update", sent_from("edit_topics", filing.update), name="update_topics"),
    path("<str:pk>/steward", require_safe(practices.edit_steward), name="edit_steward"),
    path("<str:pk>/steward/update", sent_from("edit_steward", practices.update_steward), name="update_steward"),
    path("<str:pk>/versions/new", require_safe(versions.new), name="revise"),
    path("<str:pk>/versions", sent_from("revise", versions.create), name="create_version"),
    path("<str:pk>/versions/<int:number>/", require_safe(versions.show), name="practice_version"),
    path("<str:pk>/challenges/new", require_safe(challenges.new), name="challenge"),
    path("<str:pk>/challenges/all", require_safe(challenges.index), name="challenges"),
    path(
        "<str:pk>/challenges/<str:challenge>/share",
        sent_from("practice_by_id", challenges.create_share),
        name="share_challenge",
    ),
    path(
        "<str:pk>/challenges/<str:challenge>/end",
        sent_from("practice_by_id", challenges.take_back),
        name="take_back_challenge",
    ),
    path("<str:pk>/versions/<int:number>/fine", sent_from("practice_version", versions.find_fine), name="find_fine"),
    path(
        "<str:pk>/versions/<int:number>/end", sent_from("practice_version", versions.take_back), name="take_back_edit"
    ),
    path("<str:pk>/end", require_safe(putting_away.new), name="put_away"),
    path("<str:pk>/end/create", sent_from("put_away", putting_away.create), name="create_put_away"),
    path("reviews", require_safe(reviews.index), name="reviews"),
    path("<str:pk>/review", require_safe(reviews.show), name="review"),
    path("<str:pk>/review/reaffirm", sent_from("review", reviews.reaffirm), name="reaffirm"),
    path("<str:pk>/challenges", sent_from("challenge", challenges.create), name="create_challenge"),
    path("<str:pk>/<slug:name>/", require_safe(practices.show), name="practice"),
    path("<str:pk>/", require_safe(practices.show), name="practice_by_id"),
]
