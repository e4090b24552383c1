from django.urls import include, path
from django.views.decorators.http import require_POST

from commonplace.externalizing.views import endings, exchanges, responses, topics, turns

ABOUT_EXCHANGES = [
    path("", exchanges.index, name="exchanges"),
    path("new", exchanges.new, name="ask"),
    path("create", require_POST(exchanges.create), name="create_exchange"),
    path("<str:pk>/edit", exchanges.edit, name="edit_exchange"),
    path("<str:pk>/update", require_POST(exchanges.update), name="update_exchange"),
    path("<str:pk>/responses", require_POST(responses.create), name="respond"),
    path("<str:pk>/comments", require_POST(responses.create_comment), name="comment"),
    path("<str:pk>/comments/all", responses.index_comments, name="comments"),
    path("<str:pk>/comments/new", turns.new_comment, name="new_comment"),
    path("<str:pk>/confirmations/new", turns.new_confirmation, name="new_confirmation"),
    path("<str:pk>/closing/new", turns.new_closing, name="new_closing"),
    path("<str:pk>/links/new", turns.new_link, name="new_link"),
    path("<str:pk>/responses/<str:response>/", responses.show, name="response"),
    path("<str:pk>/responses/<str:response>/edit", responses.edit, name="edit_response"),
    path("<str:pk>/responses/<str:response>/update", require_POST(responses.update), name="update_response"),
    path("<str:pk>/confirmations", require_POST(endings.create_confirmation), name="confirm"),
    path("<str:pk>/closing", require_POST(endings.create_closing), name="close"),
    path("<str:pk>/links", require_POST(endings.create_link), name="link"),
    path("<str:pk>/<slug:name>/", exchanges.show, name="exchange"),
    path("<str:pk>/", exchanges.show, name="exchange_by_id"),
]
ABOUT_TOPICS = [
    path("", topics.index, name="topics"),
    path("<str:pk>/edit", topics.edit, name="edit_topic"),
    path("<str:pk>/update", require_POST(topics.update), name="rename_topic"),
    path("<str:pk>/aliases", require_POST(topics.create_alias), name="alias_topic"),
    path("<str:pk>/merger", require_POST(topics.create_merger), name="merge_topic"),
]
urlpatterns = [path("exchanges/", include(ABOUT_EXCHANGES)), path("topics/", include(ABOUT_TOPICS))]
