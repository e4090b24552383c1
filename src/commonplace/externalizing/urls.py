from django.urls import include, path

from commonplace.communities.pages import sent_from
from commonplace.externalizing.views import endings, exchanges, hello, responses, thanks, topics, turns

ABOUT_EXCHANGES = [
    path("", exchanges.index, name="exchanges"),
    path("new", exchanges.new, name="ask"),
    path("create", sent_from("ask", exchanges.create), name="create_exchange"),
    path("hello", hello.new, name="hello"),
    path("hello/say", sent_from("hello", hello.create), name="say_hello"),
    path("<str:pk>/edit", exchanges.edit, name="edit_exchange"),
    path("<str:pk>/update", sent_from("edit_exchange", exchanges.update), name="update_exchange"),
    path("<str:pk>/responses", sent_from("exchange_by_id", responses.create), name="respond"),
    path("<str:pk>/comments", sent_from("exchange_by_id", responses.create_comment), name="comment"),
    path("<str:pk>/comments/all", responses.index_comments, name="comments"),
    path("<str:pk>/comments/new", turns.new_comment, name="new_comment"),
    path("<str:pk>/confirmations/new", turns.new_confirmation, name="new_confirmation"),
    path("<str:pk>/closing/new", turns.new_closing, name="new_closing"),
    path("<str:pk>/links/new", turns.new_link, name="new_link"),
    path("<str:pk>/responses/<str:response>/", responses.show, name="response"),
    path("<str:pk>/responses/<str:response>/edit", responses.edit, name="edit_response"),
    path(
        "<str:pk>/responses/<str:response>/update", sent_from("edit_response", responses.update), name="update_response"
    ),
    path("<str:pk>/responses/<str:response>/thanks", sent_from("response", thanks.create), name="thank"),
    path(
        "<str:pk>/responses/<str:response>/thanks/withdrawal",
        sent_from("response", thanks.destroy),
        name="withdraw_thanks",
    ),
    path("<str:pk>/confirmations", sent_from("exchange_by_id", endings.create_confirmation), name="confirm"),
    path("<str:pk>/closing", sent_from("exchange_by_id", endings.create_closing), name="close"),
    path("<str:pk>/links", sent_from("exchange_by_id", endings.create_link), name="link"),
    path("<str:pk>/<slug:name>/", exchanges.show, name="exchange"),
    path("<str:pk>/", exchanges.show, name="exchange_by_id"),
]
ABOUT_TOPICS = [
    path("", topics.index, name="topics"),
    path("<str:pk>/edit", topics.edit, name="edit_topic"),
    path("<str:pk>/update", sent_from("edit_topic", topics.update), name="rename_topic"),
    path("<str:pk>/aliases", sent_from("edit_topic", topics.create_alias), name="alias_topic"),
    path("<str:pk>/merger", sent_from("edit_topic", topics.create_merger), name="merge_topic"),
    path("<str:pk>/<slug:name>/", topics.show, name="topic"),
    path("<str:pk>/", topics.show, name="topic_by_id"),
]
urlpatterns = [path("exchanges/", include(ABOUT_EXCHANGES)), path("topics/", include(ABOUT_TOPICS))]
