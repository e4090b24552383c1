"""An XML dump is read row by row, or refused with its file and line."""

import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.untrusted.xml import LARGEST_ROW, Broken, RefusedXML, Row, rows

BOMB = """<?xml version="1.0"?>
<!DOCTYPE a [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>
<posts><row Body="&b;"/></posts>"""


def read(text: str | bytes) -> list[Row | Broken]:
    return list(rows(io.BytesIO(text.encode() if isinstance(text, str) else text), "Posts.xml"))


def refusal(text: str | bytes) -> str:
    with pytest.raises(RefusedXML) as error:
        read(text)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_each_row_comes_with_its_line() -> None:
    both = read('<?xml version="1.0" encoding="utf-8"?>\n<posts>\n<row Id="1" Body="&lt;p&gt;é&#xA;"/>\n<row/></posts>')
    assert both == [Row(3, {"Id": "1", "Body": "<p>é\n"}), Row(4, {})]


@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_a_byte_order_mark_is_no_matter(start: str) -> None:
    assert read(start + "<a><row/></a>") == [Row(1, {})]


@pytest.mark.parametrize(
    "declaration",
    [
        "<!DOCTYPE posts>",
        '<!DOCTYPE posts SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE p [<!ENTITY x SYSTEM "file:///x">]>',
    ],
)
def test_a_document_type_is_refused_with_its_line(declaration: str) -> None:
    assert "Posts.xml line 2" in refusal(f"<?xml version='1.0'?>\n{declaration}\n<posts/>")


def test_a_bomb_of_entities_does_not_go_off() -> None:
    assert "line 2" in refusal(BOMB)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_another_encoding_is_named_as_the_matter(encoding: str) -> None:
    assert "save it as UTF-8" in refusal('<posts><row Id="1"/></posts>'.encode(encoding))


def test_a_declared_other_encoding_is_refused() -> None:
    assert "iso-8859-1" in refusal(b'<?xml version="1.0" encoding="iso-8859-1"?><posts/>')


def test_bytes_that_are_not_utf8_are_refused_with_their_line() -> None:
    message = refusal(b'<?xml version="1.0" encoding="utf-8"?>\n<posts>\n<row Body="caf\xe9 au lait"/></posts>')
    assert "line 3" in message
    assert "not UTF-8" in message


@pytest.mark.parametrize("cut", [0, 5, 20, 25, 30])
def test_a_file_that_ends_in_the_middle_says_so(cut: int) -> None:
    assert "ends in the middle" in refusal('<posts>\n<row Id="1"/>\n<row Id="2"/>\n</posts>'[:cut])


@pytest.mark.parametrize(
    "broken", ['<posts>\n<row Id="1" Id="2"/></posts>', "<posts>\n<row Id=1/></posts>", "<posts>\n&x;</posts>"]
)
def test_what_is_not_well_formed_is_refused_with_its_line(broken: str) -> None:
    message = refusal(broken)
    assert "line 2" in message
    assert "is not well-formed XML" in message


@pytest.mark.parametrize("control", ["\0", "\x08", "&#0;", "&#x1A;", "&#27;", "&#xFFFF;", "&#xD800;", "&#x000b;"])
def test_a_control_character_sets_its_row_aside_alone(control: str) -> None:
    first, second, third = read(f'<p>\n<row Id="1"/>\n<row Id="2" Body="{control}"/>\n<row Id="3"/></p>')
    assert isinstance(first, Row)
    assert isinstance(second, Broken)
    assert isinstance(third, Row)
    assert second.line == 3


@pytest.mark.parametrize("length", [1, 3, 11])
def test_in_whatever_chunks_it_comes_the_rows_are_the_same(monkeypatch: pytest.MonkeyPatch, length: int) -> None:
    monkeypatch.setattr("commonplace.untrusted.xml.CHUNK", length)
    assert read('<a><row Body="one"/>\n<row Body="&lt;two&gt;"/></a>') == [
        Row(1, {"Body": "one"}),
        Row(2, {"Body": "<two>"}),
    ]


def test_a_reference_across_two_chunks_is_still_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commonplace.untrusted.xml.CHUNK", 7)
    assert [type(row) for row in read('<posts><row Body="a&amp;b &#x1A; c"/><row Body="&lt;"/></posts>')] == [
        Broken,
        Row,
    ]


def test_another_element_in_place_of_a_row_is_set_aside() -> None:
    assert [type(row) for row in read("<posts><row/><note/></posts>")] == [Row, Broken]


def test_elements_within_a_row_are_refused() -> None:
    assert "line 1" in refusal("<posts><row><b/></row></posts>")


def test_a_row_without_end_is_refused_in_little_memory() -> None:
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            return b"<posts><row Body='" if not self.tell() else b"x" * size

        def tell(self) -> int:
            self.started, was = True, getattr(self, "started", False)
            return was

    tracemalloc.start()
    with pytest.raises(RefusedXML, match="longer than 8 MB"):
        list(rows(Endless(), "Posts.xml"))
    assert tracemalloc.get_traced_memory()[1] < 4 * LARGEST_ROW
    tracemalloc.stop()


def test_a_long_file_takes_no_more_memory_than_a_short_one() -> None:
    row = b'<row Id="1" Body="' + b"x" * 1_000 + b'"/>'

    class Long:
        left = 20_000

        def read(self, size: int, /) -> bytes:
            self.left -= 100
            return b"<p>" if self.left == 19_900 else row * 100 if self.left > 0 else b"</p>" if self.left == 0 else b""

    tracemalloc.start()
    assert sum(1 for _ in rows(Long(), "Posts.xml")) == 19_800
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()


PIECES = [b"<posts>", b"<row ", b'Id="1"', b"/>", b"</posts>", b"&#1;", b"\xff", b"<!DOCTYPE a>"]


@given(st.binary(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join))
def test_whatever_the_bytes_they_are_rows_or_refused(data: bytes) -> None:
    try:
        assert all(isinstance(row, Row | Broken) for row in read(data))
    except RefusedXML as error:
        assert str(error).startswith("Posts.xml line ")  # noqa: PT017
