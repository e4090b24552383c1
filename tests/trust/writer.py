"""A program that only acts, and says what was acknowledged: each line it reads begins a life, which another ends."""

import os
import sys
from typing import NoReturn

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonplace.web.settings")


def _write_on(person_id: str, community_id: str) -> NoReturn:
    from commonplace.communities.models import Community, Person
    from commonplace.externalizing import acts
    from commonplace.externalizing.models import Exchange, Response
    from commonplace.ledger.ids import new_id

    community = Community.objects.everywhere("trial").get(pk=community_id)
    person = Person.objects.get(pk=person_id)
    while True:
        exchange = acts.ask(
            person, community, exchange=Exchange(title=f"Is {new_id()} kept?", body="We shall see."), topics=["crash"]
        )
        _say(exchange.pk)
        _say(acts.respond(person, exchange, response=Response(body="It is.")).pk)


def _say(word: str) -> None:
    os.write(1, f"{word}\n".encode())


def _world() -> tuple[str, str]:
    from tests.story import Story

    story = Story()
    return story.facilitator.pk, story.community.pk


def main() -> None:
    django.setup()
    from django.db import connections

    person, community = _world()
    connections.close_all()
    for _ in sys.stdin:
        life = os.fork()
        if life == 0:
            _say(str(os.getpid()))
            _write_on(person, community)
        os.waitpid(life, 0)
        _say("")


if __name__ == "__main__":
    main()
