"""Sign-in links of an example: signed, usable again and again, only in an example and only on this machine."""

from collections.abc import Iterator

from django.core import signing
from django.urls import reverse

from commonplace.communities.models import Person
from commonplace.demo.deeds.people import address_of
from commonplace.demo.told.people import ToldDoor

SIGNER = signing.Signer(salt="commonplace.demo.door")


def links(doors: list[ToldDoor]) -> Iterator[tuple[str, str, str]]:
    """What it is for, the person's name, the path of the link."""
    for door in doors:
        person = Person.objects.get(email=address_of(door.person))
        yield door.who, person.name, reverse("demo_door", args=[SIGNER.sign(person.pk)])


def opened_by(token: str) -> Person | None:
    """Whom the link lets in; None if it was not signed here."""
    try:
        return Person.objects.filter(pk=SIGNER.unsign(token), is_active=True).first()
    except signing.BadSignature:
        return None
