"""DOCX: its words with their structure; what is left out is told."""

from commonplace.untrusted.documents import Parts
from tests.untrusted.documents.making import OFFICE, Given, documents, docx, notes, paragraph

IMAGE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:docPr id="1" name="x" descr="A scale"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
    '<a:blip r:{how}="rId9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
)


def test_a_word_document_becomes_markdown_in_its_parts(given: Given) -> None:
    one = given.document("a.docx", docx())
    assert one.title == "Calibrate the scale"
    table = "| Weight | Error |\n| --- | --- |\n| 10 kg | 1 g |"
    assert one.parts == Parts("Every Monday.", f"Put 10 kg on it, then read off.\n\n{table}", "", "Not in the cold.")


def test_what_was_struck_out_or_remarked_is_no_part_of_it(given: Given) -> None:
    tracked = (
        '<w:p><w:ins w:id="1"><w:r><w:t>new</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>old</w:delText></w:r>'
        "</w:del></w:p>"
    )
    assert given.document("a.docx", docx(tracked)).parts.how == "new"


def test_a_web_link_stays_and_one_that_would_run_does_not(given: Given) -> None:
    link = '<w:p><w:hyperlink r:id="{}"><w:r><w:t>{}</w:t></w:r></w:hyperlink></w:p>'
    relation = '<Relationship Id="{}" Type="' + OFFICE + '/hyperlink" Target="{}" TargetMode="External"/>'
    relations = relation.format("rId1", "https://a.b/c") + relation.format("rId2", "javascript:run()")
    one = given.document("a.docx", docx(link.format("rId1", "web") + link.format("rId2", "run"), relations))
    assert one.parts.how == "[web](https://a.b/c)\n\nrun"


def test_pictures_are_left_out_by_name_and_that_is_told(given: Given) -> None:
    relation = f'<Relationship Id="rId9" Type="{OFFICE}/image" Target="media/a.png"/>'
    read = given.one("a.docx", docx(paragraph("Look:") + IMAGE.format(how="embed"), relation, word__media__a_png=b"x"))
    assert notes(read) == ["left_out"]
    assert documents(read)[0].parts.how == "Look:\n\nA scale"
