"""A file that is no whole backup of ours is refused in plain words, and nothing is changed."""

import base64
import hashlib
import json
import os
import struct
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.assessments.models import Assessment
from app.data.backups import operations
from app.data.backups.backup import back_up_to
from app.data.backups.kept import folder
from app.data.backups.refusals import BackupRefused
from app.data.backups.trial import trial_restore
from app.platform.database import db
from app.platform.i18n import speak
from tests.benchmarks.seeding import seed
from tests.data.backups.test_round_trip import FIRST_ASSESSMENT, FIRST_DEFINITION, contents, zipped


@pytest.fixture
def inside(app):
    with app.app_context():
        speak("en")
        yield app


@pytest.fixture
def good(inside, tmp_path) -> Path:
    seed(3, 3)
    back_up_to(tmp_path / "good.zip", "")
    return tmp_path / "good.zip"


def refused(path: Path) -> str:
    """What is said of the file; nothing is left lying about."""
    ready = path.with_name("ready.zip")
    with pytest.raises(BackupRefused) as error:
        trial_restore(path, ready)
    assert not ready.exists()
    assert list(folder().iterdir()) == []
    return str(error.value)


def changed(good: Path, name: str = "", content: bytes = b"", manifest: dict | None = None) -> Path:
    """The good backup with another file in it, or another manifest."""
    path = good.with_name("changed.zip")
    with ZipFile(good) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for each in source.namelist():
            said = source.read(each)
            if each == "manifest.json" and manifest:
                said = json.dumps({**json.loads(said), **manifest}).encode()
            target.writestr(each, content if each == name else said)
    return path


FOREIGN = {
    "empty": b"",
    "text": b"Hej",
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
    "only the end of a zip": b"PK\x05\x06" + b"\x00" * 18,
    "nul": b"\x00" * 4096,
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_file_that_is_no_zip_is_refused(inside, tmp_path, name):
    (tmp_path / "x.zip").write_bytes(FOREIGN[name])
    assert refused(tmp_path / "x.zip") == "This is not a backup from Overvej."


MANIFESTS = {
    "none": None,
    "no json": "{",
    "a list": "[]",
    "another program's": '{"format": "other/1"}',
    "no words": '{"format": 1}',
    "deep": "[" * 100_000,
}


@pytest.mark.parametrize("name", MANIFESTS)
def test_another_program_s_zip_is_refused(inside, tmp_path, name):
    with ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
        if MANIFESTS[name] is not None:
            archive.writestr("manifest.json", MANIFESTS[name])
    assert refused(tmp_path / "x.zip") == "This is not a backup from Overvej."


@pytest.mark.parametrize("newer", [{"format": "overvej-backup/2"}, {"revision": "9999"}])
def test_a_backup_from_a_newer_overvej_is_refused(good, newer):
    assert "made by a newer version of Overvej" in refused(changed(good, manifest=newer))


@pytest.mark.parametrize(
    "manifest",
    [
        {"tables": {}},
        {"tables": {"partners": {"rows": 3, "sha256": "0" * 64}}},
        {"tables": None},
        {"date": "i går"},
        {"date": "2026-11-22T14:32:00"},
        {"revision": "../../x"},
        {"more": 1},
    ],
)
def test_a_manifest_that_is_not_as_we_write_it_is_refused(good, manifest):
    assert "damaged or was changed: see manifest.json" in refused(changed(good, manifest=manifest))


def test_another_text_than_the_one_that_was_written_is_refused(good):
    with ZipFile(good) as archive:
        partners = archive.read("partners.jsonl")
    text = refused(changed(good, "partners.jsonl", partners.replace(b"Anna Holm", b"Anne Holm", 1)))
    assert text == "The backup is damaged or was changed: see partners.jsonl inside it."


def test_a_table_that_is_missing_is_refused(good, tmp_path):
    with ZipFile(good) as source, ZipFile(tmp_path / "x.zip", "w") as target:
        for each in source.namelist():
            if each != "goals.jsonl":
                target.writestr(each, source.read(each))
    assert "see manifest.json" in refused(tmp_path / "x.zip")


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.999])
def test_a_cut_file_is_refused(good, share):
    whole = good.read_bytes()
    good.with_name("cut.zip").write_bytes(whole[: int(len(whole) * share)])
    assert refused(good.with_name("cut.zip"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255))
def test_one_byte_that_changed_on_the_way_is_noticed_or_harmless(good, place, byte):
    whole = bytearray(good.read_bytes())
    whole[int(len(whole) * place)] = byte
    path = good.with_name("bit.zip")
    path.write_bytes(whole)
    ready = good.with_name("bit-ready.zip")
    try:
        trial_restore(path, ready)
    except BackupRefused:
        return
    # A time stamp, or another part of the zip that says nothing of the content.
    assert contents(ready) == contents(good)


def row(**changes) -> bytes:
    return json.dumps({**FIRST_DEFINITION, **changes}).encode() + b"\n"


ROWS = {
    "no json": b"{\n",
    "a list": b"[]\n",
    "nothing": b"{}\n",
    "one more column": row(more=1),
    "a word for a number": row(id="3"),
    "a flag for a number": row(id=True),
    "a number too large": row(id=2**31),
    "a number with a million digits": b'{"id": ' + b"1" * 1_000_000 + b"}\n",
    "no value": row(source=None),
    "too long": row(questionnaire="x" * 201),
    "nul": row(source="\x00"),
    "half a character": row(source="\ud800"),
    "half a character, raw": row(source="@").replace(b"@", b"\xed\xa0\x80"),
    "not utf-8": b"\xff\n",
    "no time zone": row(first_seen="2026-01-02T03:04:05"),
    "no moment": row(first_seen="i går"),
    "a moment that is a number": row(first_seen=7),
    "a moment at the end of time": row(first_seen="9999-12-31T23:59:59+00:00"),
    "a moment before the first": row(first_seen="0001-01-01T00:00:00+23:59"),
    "deep": b"[" * 100_000 + b"\n",
}


@pytest.mark.parametrize("name", ROWS)
def test_a_row_that_does_not_fit_is_refused_with_its_line(inside, tmp_path, name):
    path = zipped(
        tmp_path / "x.zip",
        {"definitions": [FIRST_DEFINITION, ROWS[name]], "assessments": []},
        revision="0001",
    )
    assert refused(path) == "The backup has a row that does not fit: line 2 of definitions.jsonl."


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"1e999"])
def test_a_number_that_is_none_is_refused(inside, tmp_path, number):
    row = json.dumps({**FIRST_ASSESSMENT, "answers": {"x": "@"}}).encode().replace(b'"@"', number) + b"\n"
    path = zipped(
        tmp_path / "x.zip", {"definitions": [FIRST_DEFINITION], "assessments": [row]}, revision="0001"
    )
    assert "line 1 of assessments.jsonl" in refused(path)


@pytest.mark.parametrize(
    "tables",
    [
        {"definitions": [], "assessments": [FIRST_ASSESSMENT]},
        {"definitions": [FIRST_DEFINITION, FIRST_DEFINITION], "assessments": []},
        {"definitions": [FIRST_DEFINITION, {**FIRST_DEFINITION, "id": 4}], "assessments": []},
    ],
    ids=["points at nothing", "twice the same id", "twice the same digest"],
)
def test_rows_that_do_not_fit_together_are_refused(inside, tmp_path, tables):
    assert "do not fit together" in refused(zipped(tmp_path / "x.zip", tables, revision="0001"))


@pytest.mark.parametrize("tables", [{"definitions": []}, {"definitions": [], "assessments": [], "users": []}])
def test_the_tables_are_those_of_the_revision(inside, tmp_path, tables):
    assert "see manifest.json" in refused(zipped(tmp_path / "x.zip", tables, revision="0001"))


# Rows that fit, and yet no Overvej wrote them


def rewritten(good: Path, table: str, change) -> Path:
    """The good backup with right sums, but other rows in one table."""
    path = good.with_name("rewritten.zip")
    with ZipFile(good) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        rows = [json.loads(line) for line in source.read(f"{table}.jsonl").splitlines()]
        change(rows)
        content = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
        manifest = json.loads(source.read("manifest.json"))
        manifest["tables"][table] = {"rows": len(rows), "sha256": hashlib.sha256(content).hexdigest()}
        for each in source.namelist():
            other = json.dumps(manifest).encode() if each == "manifest.json" else source.read(each)
            target.writestr(each, content if each == f"{table}.jsonl" else other)
    return path


def test_rows_that_were_only_written_anew_are_taken(good):
    trial_restore(rewritten(good, "partners", lambda rows: None), good.with_name("ready.zip"))


HTML = base64.b64encode(b"<script>alert(1)</script>").decode()
SENSELESS = {
    "a page for a logo": ("organisation", {"logo": HTML, "logo_type": "text/html"}),
    "a page that says it is a picture": ("organisation", {"logo": HTML, "logo_type": "image/png"}),
    "another library": ("organisation", {"id": 2}),
    "thresholds that are none": ("organisation", {"thresholds": [7]}),
    "a language that nobody speaks here": ("organisation", {"language": "<b>"}),
    "a level that does not exist": ("partners", {"level": "flirt"}),
    "a sector that does not exist": ("partners", {"sector": "x"}),
    "merged into itself": ("partners", {"merged_into_id": 1}),
    "an address with slashes": ("partners", {"public_id": "../../../etc/passwd-xx"}),
    "an address that is too short": ("goals", {"public_id": "x"}),
    "a contact of no kind": ("partner_contacts", {"kind": "x"}),
    "a day that is none": ("partner_contacts", {"on": "2026-99-99"}),
    "a step to no level": ("level_changes", {"after": "x"}),
    "a definition that is none": ("definitions", {"source": "{}"}),
    "another questionnaire's name": ("definitions", {"questionnaire": "other"}),
    "answers that are a list": ("assessments", {"answers": []}),
    "answers to nothing": ("assessments", {"answers": {"x": 1}}),
    "gates that are words": ("assessments", {"gates": {"legal": "<script>"}}),
    "confirmed gates that are none": ("assessments", {"confirmed_gates": {"x": 1}}),
    "an assessment of no day": ("assessments", {"date": "i går"}),
    "no respondents": ("assessments", {"respondents": -1}),
    "changes that are a list": ("assessment_changes", {"changes": []}),
    "changes without before and after": ("assessment_changes", {"changes": {"x": 1}}),
    "a history of no kind": ("assessment_changes", {"kind": "x"}),
    "an outcome of no questionnaire": ("assessment_summaries", {"outcome": "x"}),
    "a motion for nothing": ("motions", {"outcome": "x"}),
    "a decision of no kind": ("decisions", {"verdict": "x"}),
    "a decision on no day": ("decisions", {"decided_on": ""}),
    "a decision at the end of time": ("decisions", {"decided_on": "9999-12-31"}),
    "a follow-up on no day": ("follow_ups", {"next_on": "x"}),
    "a follow-up of no kind": ("follow_ups", {"went": "x"}),
}


@pytest.mark.parametrize("name", SENSELESS)
def test_a_row_that_makes_no_sense_is_refused_with_its_part(inside, tmp_path, name):
    table, values = SENSELESS[name]
    seed(6, 12)
    back_up_to(tmp_path / "good.zip", "")
    path = rewritten(tmp_path / "good.zip", table, lambda rows: rows[0].update(values))
    assert refused(path) == f"The backup is damaged or was changed: see {table}.jsonl inside it."


@pytest.mark.parametrize("day", ["0026-12-01", "9999-12-31"])
def test_the_day_of_an_assessment_that_an_earlier_version_took_comes_back(client, app, tmp_path, day):
    """Today none is given in such a year; but what a library has stored, its backup brings back."""
    with app.app_context():
        seed(6, 12)
        back_up_to(tmp_path / "good.zip", "")
        path = rewritten(tmp_path / "good.zip", "assessments", lambda rows: rows[-1].update(date=day))
        trial_restore(path, tmp_path / "ready.zip")
        operations.restore(tmp_path / "ready.zip", "Karen")
        restored = db.session.scalars(select(Assessment.public_id).where(Assessment.date == day)).one()
    for page in (f"/assessments/{restored}", "/assessments", "/decisions/record", "/overview"):
        client.get(page, 303 if page.endswith(restored) else 200)


def test_partners_that_were_merged_in_a_circle_are_refused(good):
    def circle(rows):
        for row, other in zip(rows, [*rows[1:], rows[0]], strict=True):
            row["merged_into_id"] = other["id"]

    assert "see partners.jsonl" in refused(rewritten(good, "partners", circle))


# Zips that mean harm


@pytest.mark.parametrize("name", ["../../evil.jsonl", "/etc/evil", "C:\\evil", "partners.jsonl/", "x\x00y"])
def test_what_is_not_in_the_manifest_is_not_unpacked(good, tmp_path, name):
    with ZipFile(good, "a") as archive:
        archive.writestr(name, "x")
    assert "see manifest.json" in refused(good)
    assert not list(tmp_path.rglob("evil*"))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_refused(good):
    with ZipFile(good, "a") as archive:
        archive.writestr("goals.jsonl", "")
    assert "see manifest.json" in refused(good)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(inside, tmp_path):
    with ZipFile(tmp_path / "x.zip", "w", ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", "{}")
        archive.writestr("partners.jsonl", b" " * 100_000_000)
    assert "far larger" in refused(tmp_path / "x.zip")


def test_a_bomb_that_lies_about_its_size_is_refused(good):
    """The list at the end of the zip says that a file is small; what is packed says otherwise."""
    with ZipFile(good, "a", ZIP_DEFLATED) as archive:
        archive.writestr("bomb.jsonl", b" " * 50_000_000)
        packed = archive.getinfo("bomb.jsonl").file_size
    whole = good.read_bytes().replace(struct.pack("<I", packed), struct.pack("<I", 10))
    good.write_bytes(whole.replace(b"bomb.jsonl", b"goals.json"))
    assert refused(good)


def test_a_line_without_end_is_refused(inside, tmp_path):
    noise = os.urandom(9_000_000).hex().encode()
    path = zipped(tmp_path / "x.zip", {"definitions": [noise + b"\n"], "assessments": []}, revision="0001")
    assert "see definitions.jsonl" in refused(path)


def test_a_way_of_packing_that_we_do_not_use_is_refused(good, tmp_path):
    with ZipFile(good) as source, ZipFile(tmp_path / "x.zip", "w", ZIP_BZIP2) as target:
        for each in source.namelist():
            target.writestr(each, source.read(each))
    assert refused(tmp_path / "x.zip") == "This is not a backup from Overvej."


def test_a_zip_of_thousands_of_files_is_refused(inside, tmp_path):
    with ZipFile(tmp_path / "x.zip", "w") as archive:
        for number in range(20_000):
            archive.writestr(f"{number:0>40}", b"")
    assert refused(tmp_path / "x.zip") == "This is not a backup from Overvej."
