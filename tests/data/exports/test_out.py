"""All data out: everything that was typed is in it, nothing becomes a formula, and numbers stay numbers."""

import io
import zipfile
from datetime import UTC, date, datetime
from operator import itemgetter

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from app.assessments.deleted import operations
from app.assessments.models import Assessment, Summary
from app.catalogue import find
from app.data.exports import csv_zip, workbook
from app.data.exports.columns import day_cell, moment_cell
from app.data.exports.csv_zip import FORMULA, written
from app.data.exports.table import Column, Table
from app.decisions.models import Decision, Motion
from app.platform.database import db, writing
from app.platform.text import writable
from tests.data.exports.ways import EVERYTHING, assessed, csv_files, furnish, made, sheets
from tests.web import count_queries

XLSX, CSV = {"format": "xlsx", "persons": "yes"}, {"format": "csv", "persons": "yes"}
DANISH = [
    "Om filen", "Partnere", "Kontakter", "Niveauer", "Vurderinger", "Svar", "Skal være på plads",
    "Indstillinger til ledelsen", "Beslutninger", "Opfølgninger", "Mål", "Workshops",
    "Fælles svar fra workshops", "Opgaver fra workshops", "Bemærkninger fra workshops",
]  # fmt: skip
PERSONS = {"contact", "contact_email", "contact_phone"}


def cells(rows):
    return {str(cell) for row in rows for cell in row if cell is not None}


def column(rows, title):
    place = list(rows[0]).index(title)
    return [row[place] for row in rows[1:]]


# What is in it


def test_everything_that_was_typed_is_in_the_workbook(stored_client, stored_app):
    furnish(stored_app)
    found = sheets(made(stored_client, stored_app, XLSX))
    assert list(found) == DANISH
    everything = set().union(*(cells(rows) for rows in found.values()))
    assert {text for text in EVERYTHING.values() if text not in everything} == set()


def test_everything_that_was_typed_is_in_the_csv_files(stored_client, stored_app):
    furnish(stored_app)
    found = csv_files(made(stored_client, stored_app, CSV))
    everything = {cell.removeprefix("'") for cell in set().union(*(cells(rows) for rows in found.values()))}
    assert {text for text in EVERYTHING.values() if text not in everything} == set()
    assert len(found) == len(DANISH)


def test_every_answer_and_every_condition_has_a_row(client, app):
    public_id = furnish(app)
    found = sheets(made(client, app, XLSX))
    client.get(f"/assessments/{public_id}/answers.json")
    answers = client.http.get(f"/assessments/{public_id}/answers.json").get_json()
    questions = column(found["Svar"], "Spørgsmålets id")
    assert sorted(questions) == sorted([*answers["subject"], *answers["answers"]])
    assert sorted(column(found["Skal være på plads"], "Forholdets id")) == sorted(
        gate.id for gate in find("new-partner").questionnaire.gates
    )
    assert set(column(found["Svar"], "Vurderingens nummer")) == {public_id}


def test_the_recommendation_is_the_one_on_the_screen(client, app):
    public_id = furnish(app)
    rows = sheets(made(client, app, XLSX))["Vurderinger"]
    (recommendation,) = column(rows, "Anbefaling")
    assert recommendation in client.get(f"/assessments/{public_id}/result").text
    with app.app_context():
        summary = db.session.execute(select(Summary)).scalar_one()
    assert column(rows, "Værdi") == [summary.value]
    assert column(rows, "Parathed") == [summary.readiness]


def test_each_column_holds_what_its_title_says(client, app):
    """Things that lie beside each other in a row are easily taken for one another."""
    furnish(app)
    none, one_activity, engagement = (
        each.title["en"] for each in find("new-partner").questionnaire.outcomes[:3]
    )
    lowest, middle, highest = find("new-partner").questionnaire.outcome_ids[:3]
    first, last = (datetime(2026, 11, day, 12, tzinfo=UTC) for day in (1, 22))
    wrote = {"created_by": "Anna", "updated_by": "Bo", "created_at": first, "updated_at": last}
    of_whom = {
        "Written by": "Anna", "Written": moment_cell(first),
        "Last changed by": "Bo", "Last changed": moment_cell(last),
    }  # fmt: skip
    with app.app_context(), writing() as session:
        session.execute(update(Summary).values(outcome=middle, low=lowest, high=highest, in_time=highest))
        session.execute(update(Summary).values(value=1, readiness=2, known=3, asked=4))
        session.execute(update(Assessment).values(**wrote))
        session.execute(update(Motion).values(outcome=lowest, recommended=highest, **wrote))
        session.execute(
            update(Decision).values(recommended=highest, proposed=lowest, outcome=middle, **wrote)
        )
    client.speak("en")
    found = sheets(made(client, app, XLSX))
    expected = {
        "Levels": {"Level before": "Contact", "Level after": "Paused"},
        "Assessments": {
            "Recommendation": one_activity, "At the lowest": none, "At the highest": engagement,
            "In time": engagement, "Value": 1, "Readiness": 2, "Questions known": 3, "Questions asked": 4,
            **of_whom,
        },
        "Motions": {"Recommendation": engagement, "Motion": none, **of_whom},
        "Decisions": {
            "Recommendation": engagement, "Motion": none, "What was decided": one_activity,
            "Decided by": "Anna", "Decided on": datetime.fromisoformat("2026-11-22"),
            "Follow-up on": datetime.fromisoformat("2027-05-22"), **of_whom,
        },
    }  # fmt: skip
    for table, said in expected.items():
        titles, *_, row = found[table]
        of_row = dict(zip(titles, row, strict=True))
        assert {title: of_row[title] for title in said} == said, table


def test_before_the_review_there_is_no_recommendation(client, app):
    with app.test_request_context():
        assessed("Teater")
    rows = sheets(made(client, app, XLSX))["Vurderinger"]
    assert column(rows, "Anbefaling") == [None]
    assert column(rows, "Gennemset") == [None]


def test_headers_and_words_are_in_the_language_that_was_chosen(client, app):
    furnish(app)
    client.speak("en")
    found = sheets(made(client, app, XLSX))
    assert list(found)[:3] == ["About the file", "Partners", "Contacts"]
    assert "Partner’s number" in found["Partners"][0]
    assert column(found["Levels"], "Level after") == ["Contact", "Paused"]


def test_what_lies_in_the_bin_is_left_out_and_said_so(client, app):
    public_id = furnish(app)
    with app.test_request_context():
        operations.delete(public_id, "Karen")
    found = sheets(made(client, app, XLSX))
    for name in ("Vurderinger", "Svar", "Skal være på plads", "Beslutninger", "Opfølgninger"):
        assert len(found[name]) == 1, name
    assert any("1 vurdering, der ligger i papirkurven" in each for each in cells(found["Om filen"]))


@pytest.mark.parametrize("form", [XLSX, CSV])
def test_contact_persons_can_be_left_out(client, app, form):
    furnish(app)
    without = {name: value for name, value in form.items() if name != "persons"}
    content = made(client, app, without)
    found = sheets(content) if form is XLSX else csv_files(content)
    everything = " ".join(set().union(*(cells(rows) for rows in found.values())))
    assert [name for name in PERSONS if EVERYTHING[name] in everything] == []
    assert EVERYTHING["log"] in everything
    assert "De er udeladt." in everything


def test_an_empty_library_makes_empty_tables(client, app):
    found = sheets(made(client, app, XLSX))
    assert list(found) == DANISH
    assert all(len(rows) == 1 for name, rows in found.items() if name != "Om filen")


def test_days_and_numbers_are_days_and_numbers_in_the_workbook(client, app):
    with app.test_request_context():
        assessed("Teater", money=1250)
    found = sheets(made(client, app, XLSX))
    assert 1250 in column(found["Svar"], "Som tal")
    (day,) = column(found["Vurderinger"], "Dato")
    assert isinstance(day, datetime)
    (respondents,) = column(found["Vurderinger"], "Antal besvarelser")
    assert respondents == 1


def test_numbers_are_plain_numbers_in_the_csv_files(client, app):
    with app.test_request_context():
        assessed("Teater", money=1250)
    assert "1250" in column(csv_files(made(client, app, CSV))["svar"], "Som tal")


# Nothing becomes a formula


def test_the_workbook_holds_no_formula_and_no_link(client, app):
    furnish(app)
    content = made(client, app, XLSX)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        texts = {name: parts.read(name).decode() for name in parts.namelist()}
    assert [name for name, text in texts.items() if "<f>" in text or "<f " in text] == []
    assert [name for name, text in texts.items() if "<hyperlink" in text] == []
    book = openpyxl.load_workbook(io.BytesIO(content))
    typed = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in typed} == {"s", "n", "d"}
    assert EVERYTHING["note"] in {cell.value for cell in typed}


@pytest.mark.parametrize(
    "typed", ["=1+1", "+45 12", "-5", "@SUM(A1)", "\tx", "\rx", " =1+1", "\n=1+1", "＝1", "=", "-"]
)
def test_what_excel_takes_for_a_formula_gets_an_apostrophe(typed):
    assert written(typed) == f"'{typed}"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("a=b", "a=b"), ("1-2", "1-2"), ("", ""), (None, ""), (-5, "-5"), (-1250.5, "-1250,5"),
        (0.1, "0,1"), (1e-7, "0"), (1e15, "1000000000000000"), (3.0, "3"), (0, "0"),
        (date(2026, 11, 22), "2026-11-22"), (datetime(2026, 11, 22, 14, 32), "2026-11-22 14:32"),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_other_cells_are_left_as_they_are(cell, expected):
    assert written(cell) == expected


@given(st.text())
def test_no_text_begins_like_a_formula(typed):
    found = written(typed)
    assert not FORMULA.match(found)
    kept = writable(typed)
    assert found in (kept, f"'{kept}")


# Much of it


def table(rows, title="Svar"):
    columns = [Column("Nummer", itemgetter(0)), Column("Tekst", itemgetter(1))]
    return Table(title, columns, len(rows), lambda: ([row] for row in rows))


def test_a_sheet_that_is_full_goes_on_in_another(tmp_path, monkeypatch, app):
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    told = []
    with app.test_request_context():
        workbook.write(tmp_path / "a.xlsx", [table([[n, "x"] for n in range(7)])], lambda: told.append(1))
    found = sheets((tmp_path / "a.xlsx").read_bytes())
    assert list(found) == ["Svar", "Svar 2", "Svar 3"]
    assert [row[0] for rows in found.values() for row in rows[1:]] == list(range(7))
    assert {rows[0] for rows in found.values()} == {("Nummer", "Tekst")}
    assert len(told) == 7


def test_the_longest_text_and_odd_characters_survive(tmp_path, app):
    odd = ["x" * 20_000, "a\0b\x0bc", "\ud800", "😀 æøå \u2028 »«"]
    with app.test_request_context():
        workbook.write(tmp_path / "a.xlsx", [table([[1, each] for each in odd])], lambda: None)
        csv_zip.write(tmp_path / "a.zip", [table([[1, each] for each in odd])], lambda: None)
    for found in (
        sheets((tmp_path / "a.xlsx").read_bytes())["Svar"],
        csv_files((tmp_path / "a.zip").read_bytes())["svar"],
    ):
        assert column(found, "Tekst")[0] == odd[0]
        assert column(found, "Tekst")[3] == odd[3]
        assert column(found, "Tekst")[1] == "abc"


def test_ten_assessments_take_no_more_queries_than_one(client, app):
    counts = []
    for more in (1, 9):
        with app.test_request_context():
            for number in range(more):
                assessed(f"Partner {more} {number}")
        with count_queries(app) as queries:
            made(client, app, CSV)
        counts.append(len(queries))
    assert counts[1] <= counts[0]


# The page


@pytest.mark.parametrize("posted", [{}, {"format": ""}, {"format": "exe"}, {"format": ["\0", "csv"]}])
def test_what_cannot_be_made_is_said(client, posted):
    client.post("/exports", posted, 400)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_speaks_both_languages(client, language):
    client.speak(language)
    client.get("/exports")
    page = client.post("/exports", {}, 400).text
    assert ("Vælg, hvad der skal laves." if language == "da" else "Choose what to make.") in page


@pytest.mark.parametrize(
    ("stored", "cell"),
    [("2026-11-22", date(2026, 11, 22)), ("", None), ("0026-12-01", "0026-12-01"), ("i går", "i går")],
)
def test_a_day_that_no_spreadsheet_has_is_text(stored, cell):
    assert day_cell(stored) == cell
