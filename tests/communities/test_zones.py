"""Time zones by the names that people know, in their language."""

from django.utils import translation

from commonplace.communities import zones


def listed(language: str) -> dict[str, dict[str, str]]:
    with translation.override(language):
        return {str(continent): dict(places) for continent, places in zones.choices()}


def test_every_zone_is_in_the_list_once_in_each_language() -> None:
    for language in ("en", "fr"):
        names = [name for places in listed(language).values() for name in places]
        assert (len(names), set(names)) == (len(zones.names()), set(zones.names()))
        for places in listed(language).values():
            assert len(set(places.values())) == len(places)


def test_they_are_called_as_the_reader_calls_them() -> None:
    french = listed("fr")
    assert french["Europe"]["Europe/London"] == "Londres"
    assert french["Afrique"]["Africa/Cairo"] == "Le Caire"
    assert french["Océan Pacifique"]["Pacific/Easter"] == "Île de Pâques"
    assert listed("en")["Africa"]["Africa/Cairo"] == "Cairo"


def test_one_language_does_not_keep_the_other_from_its_own() -> None:
    with translation.override("fr"):
        assert zones.called("Europe/London") == "Londres"
    with translation.override("en"):
        assert zones.called("Europe/London") == "London"
        assert zones.called("UTC") == "UTC"
