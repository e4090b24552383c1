"""A text says in which language it is as far as its letters do."""

import pytest

from commonplace.untrusted.scripts import is_from_the_right, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How do you restart pump 4?", "en"),
        ("Où est l'arrêt d'urgence ?", "en"),
        ("كيف أعيد تشغيل المضخة (C++)؟", "ar"),
        ("چگونه پمپ را روشن کنم؟", "fa"),
        ("איך מפעילים את המשאבה?", "he"),
        ("पंप कैसे चालू करें?", "hi"),
        ("จะเปิดปั๊มอย่างไร", "th"),
        ("如何重新启动水泵？", "zh"),
        ("ポンプを再起動する方法", "ja"),
        ("펌프를 다시 켜는 방법", "ko"),
        ("Πώς ξεκινά η αντλία;", "el"),
        ("Как включить насос?", "und-Cyrl"),
        ("Please reboot the pump, or شكرا in Arabic", "en"),
        ("", "en"),
        ("4 + 4 → 8 😀", "en"),
    ],
)
def test_letters_tell_the_language(text: str, language: str) -> None:
    assert language_of(text, "en") == language


def test_what_is_read_from_the_right_is_known() -> None:
    assert [is_from_the_right(name) for name in ("Lea", "ليلى", "שרה", "水", "पंप")] == [False, True, True, False, False]
