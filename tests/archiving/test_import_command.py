"""`commonplace import`: one object for programs, one line for people whose archive is bad."""

import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commonplace.archiving.commands import import_
from commonplace.communities.models import Community
from commonplace.externalizing.models import Exchange
from commonplace.ledger.models import Act
from tests.archiving.dumps import SITE, question, small, write
from tests.archiving.terminal import typed
from tests.story import Story

BOMB = b"<posts>" + (b"<row Id='" + b" " * (1 << 20) + b"'/>") * 32
KEYS = (
    "site read persons exchanges responses comments confirmations links unchanged updated skipped quarantined seconds"
)


def run(path: Path, *options: str, slug: str = "pump-crews") -> Result:
    return CliRunner().invoke(import_, ["stackexchange", str(path), "--community", slug, *options])


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return write(tmp_path / SITE, small())


def test_json_is_one_object_with_these_numbers(story: Story, dump: Path) -> None:
    numbers = json.loads(run(dump, "--json").stdout)
    assert list(numbers) == KEYS.split()
    assert numbers["site"] == "https://ai.stackexchange.com"
    assert (numbers["read"], numbers["exchanges"], numbers["quarantined"]) == (16, 2, [])


def test_people_get_a_summary(story: Story, dump: Path) -> None:
    write(dump, {"Posts": [*small()["Posts"], question(9, Title="")]})
    result = run(dump)
    assert "Of https://ai.stackexchange.com:" in result.stdout
    assert "2  exchanges" in result.stdout
    assert "set aside: Posts.xml line 7 (Id 9): Title is empty" in result.stdout


def test_without_another_name_the_operator_brings_it_in(story: Story, dump: Path) -> None:
    run(dump)
    opened = Act.objects.filter(verb="exchange.opened").everywhere("test")[0]
    assert opened.recorded_by == story.operator.pk


def test_a_facilitator_may_be_named(story: Story, dump: Path) -> None:
    assert run(dump, "--as", story.facilitator.email or "").exit_code == 0
    assert Act.objects.filter(verb="exchange.opened").everywhere("test")[0].recorded_by == story.facilitator.pk


def test_a_dry_run_says_the_same_and_writes_nothing(story: Story, dump: Path) -> None:
    assert json.loads(run(dump, "--dry-run", "--json").stdout)["exchanges"] == 2
    assert not Exchange.objects.everywhere("test").exists()


def refusal(result: Result) -> str:
    assert result.exit_code != 0
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    assert not Exchange.objects.everywhere("test").exists()
    return result.stderr


def test_a_member_may_not(story: Story, dump: Path) -> None:
    assert "facilitators" in refusal(run(dump, "--as", story.member("Lea").email or ""))


def test_an_unknown_address_is_refused(story: Story, dump: Path) -> None:
    assert "--as" in refusal(run(dump, "--as", "nobody@example.org"))


def test_an_unknown_community_is_refused(story: Story, dump: Path) -> None:
    assert "--found" in refusal(run(dump, slug="nowhere"))


def test_an_unknown_format_is_refused_with_those_there_are(story: Story, dump: Path) -> None:
    result = CliRunner().invoke(import_, ["slack", str(dump), "--community", "pump-crews"])
    assert "stackexchange" in refusal(result)


def test_a_site_that_nothing_tells_is_asked_for(story: Story, dump: Path) -> None:
    dump = dump.rename(dump.with_name("dump"))
    assert "--site https://ai.stackexchange.com" in refusal(run(dump))
    assert run(dump, "--site", "ai.stackexchange.com").exit_code == 0
    assert "12  unchanged" in run(dump).stdout


def test_a_community_is_founded_in_the_language_of_its_archive(story: Story, dump: Path) -> None:
    assert run(dump, "--found", "Pompes", "--language", "fr", slug="pompes").exit_code == 0
    assert Community.objects.everywhere("test").get(slug="pompes").language == "fr"
    assert "is not one of 'en', 'fr'" in run(dump, "--language", "xx").stderr


@pytest.mark.parametrize(
    "page",
    [
        "<html></html>",
        "<html><body/></html>",
        "<html><head/><body/></html>",
        "<users><row Id='1'/></users>",
        "<posts/>",
    ],
)
def test_another_file_in_the_place_of_posts_founds_nothing(story: Story, dump: Path, page: str) -> None:
    (dump / "Posts.xml").write_text(page)
    result = run(dump, "--found", "Nothing", slug="nothing")
    assert "another file" in refusal(result) or "no question" in result.stderr
    assert not Community.objects.everywhere("test").filter(slug="nothing").exists()


def test_causes_are_told_with_how_many_hang_on_them(story: Story, dump: Path) -> None:
    """One question without a title, and all that was said in it: one thing to mend."""
    posts = [{**question(1), "Title": ""}, *small()["Posts"][1:], {**question(9), "CreationDate": "soon"}]
    write(dump, {"Posts": posts})
    lines = [line.strip() for line in run(dump).stdout.splitlines() if "set aside" in line]
    assert lines == [
        "set aside: Posts.xml line 3 (Id 1): Title is empty; 4 more hang on it",
        "set aside: Posts.xml line 7 (Id 9): CreationDate is no date",
    ]
    aside = json.loads(run(dump, "--json").stdout)["quarantined"]
    assert [one.get("because", "") for one in aside] == ["", "", *["Posts.xml line 3 (Id 1)"] * 4]


def _tar(path: Path, name: str, data: bytes, kind: bytes = tarfile.REGTYPE) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        info = tarfile.TarInfo(name)
        info.type, info.linkname, info.size = kind, "/etc/passwd", len(data) if kind == tarfile.REGTYPE else 0
        tar.addfile(info, io.BytesIO(data))
    return path


def _zip(path: Path, name: str, data: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return path


def _cut(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-40])
    return path


@pytest.mark.parametrize(
    ("make", "advice"),
    [
        (lambda at: at / "nothing.zip", "check the path"),
        (lambda at: _zip(at / "a.zip", "Posts.xml", b"<html><body/></html>"), "this is another file"),
        (lambda at: _zip(at / "a.zip", "Posts.xml", b"<!DOCTYPE html><html></html>"), "this is another file"),
        (lambda at: _zip(at / "a.zip", "Posts.xml", b"<posts><row Id=1></posts>"), "Posts.xml line 1"),
        (lambda at: _zip(at / "a.zip", "Posts.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><posts/>"), "document type"),
        (lambda at: _zip(at / "a.zip", "Posts.xml", "<posts/>".encode("utf-16")), "UTF-8"),
        (lambda at: _zip(at / "a.zip", "Posts.xml", b"<posts><row Title='\xe9'/></posts>"), "UTF-8"),
        (lambda at: _zip(at / "a.zip", "Posts.xml", b"<posts>"), "ends in the middle"),
        (lambda at: _zip(at / "a.zip", "Posts.xml", BOMB), "bomb"),
        (lambda at: _zip(at / "a.zip", "readme.txt", b""), "no Posts.xml"),
        (lambda at: _zip(at / "a.zip", "../Posts.xml", b"<posts/>"), "leads out"),
        (lambda at: _tar(at / "a.tgz", "/Posts.xml", b"<posts/>"), "leads out"),
        (lambda at: _tar(at / "a.tgz", "Posts.xml", b"", tarfile.SYMTYPE), "link"),
        (lambda at: _tar(at / "a.tgz", "Posts.xml", BOMB), "bomb"),
        (lambda at: _cut(_tar(at / "a.tgz", "Posts.xml", b"<posts/>" * 100)), "fetch it again"),
    ],
)  # fmt: skip
def test_a_bad_archive_is_one_line_that_says_what_to_do(
    story: Story, tmp_path: Path, make: object, advice: str
) -> None:
    assert advice in refusal(run(make(tmp_path)))  # type: ignore[operator]


def test_an_empty_data_folder_is_prepared_and_a_second_run_changes_nothing(tmp_path: Path, dump: Path) -> None:
    line = ("import", "stackexchange", dump, "--community", "ai", "--found", "AI", "--json")
    first, second = (json.loads(typed(tmp_path / "data", *line).stdout) for _ in range(2))  # type: ignore[arg-type]
    assert (first["persons"], first["exchanges"]) == (4, 2)
    assert (second["unchanged"], second["exchanges"]) == (12, 0)


def test_a_refusal_leaves_an_empty_data_folder_empty(tmp_path: Path, dump: Path) -> None:
    (dump / "Votes.xml").write_text("<votes>")
    result = typed(tmp_path / "data", "import", "stackexchange", dump, "--community", "ai", "--found", "AI")
    assert result.returncode != 0
    assert len(result.stderr.strip().splitlines()) == 1
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["secret.key"]


def test_a_dry_run_leaves_an_empty_data_folder_empty(tmp_path: Path, dump: Path) -> None:
    line = ("stackexchange", dump, "--community", "ai", "--found", "AI", "--dry-run", "--json")
    assert json.loads(typed(tmp_path / "data", "import", *line).stdout)["exchanges"] == 2
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["secret.key"]
