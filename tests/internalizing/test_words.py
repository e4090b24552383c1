"""Words of every script: what is typed one way finds what is written another, and no other word."""

import pytest

from commonplace.communities.models import Community, Person
from commonplace.internalizing.search import search
from commonplace.internalizing.words import fold, spelled, stems, word
from commonplace.untrusted.visible import one_line
from tests.story import Story

FOUND = [
    ("पानी का पंप", "पानी"), ("क़लम और दवात", "कलम"),
    ("चाँद", "चांद"), ("مُضَخَّة ماء", "مضخة"), ("مضخة", "مُضَخَّة"),
    ("أنظمة إلى آلة", "انظمة"), ("مدرسة", "مدرسه"), ("مـــاء", "ماء"), ("١٢٣ نموذج", "123"), ("מַשְׁאֵבָה", "משאבה"),
    ("我家在上海东边", "上海"), ("我家在上海东边", "家"),
    ("水", "水"), ("ポンプのチェック", "ポンプ"), ("ﾎﾟﾝﾌﾟ", "ポンプ"),
    ("ぽんぷを直す", "ポンプ"), ("교체했습니다", "교체"),
    ("펌프가 멈췄다", "펌프를"), ("물이 샌다", "물"), ("การซ่อมปั๊มน้ำ", "ปั๊มน้ำ"),
    ("ເຄື່ອງສູບນ້ຳ", "ສູບ"), ("ម៉ាស៊ីនបូមទឹក", "បូមទឹក"),
    ("ရေစုပ်စက်ပျက်", "စုပ်စက်"), ("Πρώτη ΑΝΤΛΊΑ", "αντλια"),
    ("Насосёр ещё", "еще"), ("Prüfung der Pumpe", "pruefung"), ("Pruefung", "Prüfung"), ("Prüfung", "prufung"),
    ("Maßstab", "MASSSTAB"), ("ISITICI çalışmıyor", "ısıtıcı"),
    ("İstanbul", "istanbul"), ("Cafe\u0301 cre\u0300me", "café"),
    ("łódź", "lodz"), ("Ångström", "angstrom"),
    ("ＣＰＵ", "cpu"), ("soft\u00adware", "software"), ("🚰 leaks", "🚰"),
    ("👍🏽 fine", "👍"), ("Which compiler for C++", "C++"),
    ("C++17 only", "c++"), ("C# or F#", "F#"), ("C♯", "C#"),
    (".NET runtime", ".NET"), ("node.js server", "nodejs"),
    ("nodejs server", "node.js"), ("Python 3.11 only", "3.11"),
    ("fe80::1 is local", "fe80::1"),
    ("write to a.b@example.org", "a.b@example.org"), ("write to a.b@example.org", "example.org"),
    ("pump 6ES7 315-2AG10", "315-2AG10"),
    ("pump 6ES7 315-2AG10", "6ES7315-2AG10"), ("6ES7315-2AG10", "6ES7 315-2AG10"),
    ("AB-1234", "AB1234"), ("AB1234", "AB-1234"), ("AB 1234", "ab-1234"), ("AB.1234", "AB-1234"), ("AB-1234", "1234"),
    ("10.20.30.40", "10.20.30.40"),
    ("the pump keeps running", '"keeps running"'), ("„keeps running“", "«Keeps Running»"),
    ("centrifugal pump", "pummp"), ("centrifugal pump", "centrifugl"), ("centrifugal pump", "pmup"),
    ("x86_64 build", "x86-64"), ("don't", "dont"), ("l’eau froide", "eau"), ("e-mail", "email"), ("wi‑fi", "wi-fi"),
    ("10mm bolt", "10 mm"), ("10 mm bolt", "10mm"), ("TCP/IP", "tcp"), ("µ-controller", "μ-controller"),
    ("H₂O", "h2o"), ("Go is fast", "Go"), ("R, not S", "r"),
]  # fmt: skip
NOT_FOUND = [
    ("पानी का पंप", "पीना"), ("पानी का पंप", "मकान"),
    ("नमकीन चाय", "नमक"), ("我家在上海东边", "海上"), ("我家在上海东边", "京"),
    ("การซ่อม", "มอซ่"), ("부산 교체", "체교"),
    ("network of the gateway", ".NET"), ("running, it keeps", '"keeps running"'),
    ("10.20.30.40", "10.20.30.41"), ("3 of 11", "3.11"), ("311", "3.11"), ("AB-1234", "AB-1235"), ("a pump", "zebra"),
    ("centrifugal pump", '"pummp"'), ("مضخة", "مدرسة"),
    ("משאבה", "שאיבה"), ("pump -4", "zebra -pump"), ("x ray", "xr"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "typed"), FOUND)
def test_it_is_found(story: Story, written: str, typed: str) -> None:
    exchange = story.ask(story.facilitator, title=one_line(written), body="-")
    assert [hit.address for hit in search(story.facilitator, typed).hits] == [exchange.get_absolute_url()]


@pytest.mark.parametrize(("written", "typed"), FOUND)
def test_an_answer_is_found_too(story: Story, written: str, typed: str) -> None:
    response = story.respond(story.member("Lea"), story.ask(story.facilitator, title="-", body="-"), written)
    [hit] = search(story.facilitator, typed).hits
    assert hit.address == response.get_absolute_url()


@pytest.mark.parametrize(("written", "typed"), NOT_FOUND)
def test_it_is_not_found(story: Story, written: str, typed: str) -> None:
    story.ask(story.facilitator, title=written, body="-")
    assert search(story.facilitator, typed).nothing


@pytest.mark.parametrize(("typed", "first", "second"), [
    ("C++", "Which compiler for C++", "Old C code"), ("C", "Old C code", "Which compiler for C++"),
    (".NET", ".NET on the gateway", "The net of a fisher"), ("AB-1234", "AB-1234", "AB and 1234 others"),
    ("3.11", "Python 3.11", "3, 11 and 12"),
    ("prime", "Prime", "A very long title about how it lost its prime once more"),
    ("keeps running", "It keeps running", "Running is what it keeps"), ("turning", "Turning", "It turned"),
])  # fmt: skip
def test_what_it_is_comes_before_what_is_like_it(story: Story, typed: str, first: str, second: str) -> None:
    for title in (first, second):
        story.ask(story.facilitator, title=title, body="-")
    assert search(story.facilitator, typed).hits[0].title.striptags() == first


def test_what_is_left_out_is_not_there(story: Story) -> None:
    for title in ("Pump with steam", "Pump with water that keeps running", "Pump"):
        story.ask(story.facilitator, title=title, body="-")
    counts = {
        typed: len(search(story.facilitator, typed).hits) for typed in ("pump", "pump -steam", 'pump -"keeps running"')
    }
    assert counts == {"pump": 3, "pump -steam": 2, 'pump -"keeps running"': 2}
    assert len(search(story.facilitator, "-pump").hits) == 3, "nothing else is asked"


@pytest.mark.parametrize(
    ("one", "other"),
    [("RÉPARÉE", "reparee"), ("Œuvre", "oeuvre"), ("Straße", "STRASSE"), ("ｐｕｍｐ", "pump")],
)
def test_one_word_in_two_spellings_is_one_word(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_a_joined_word_is_found_whole_and_in_its_parts() -> None:
    whole = {token: word(token).whole for token in spelled("L'eau: (re)start_pump-4 .NET x <b>")}
    assert whole["l'eau"] == ("leau",)
    assert whole[".net"] == (".net",)
    assert word("315-2ag10").units == ("315", "2", "ag", "10")


def test_a_language_without_stemmer_has_no_stems(french: Community, lea: Person) -> None:
    assert stems("pumping", "tlh") == frozenset()
    assert stems("pumping", "en-GB") == {"pump"}
