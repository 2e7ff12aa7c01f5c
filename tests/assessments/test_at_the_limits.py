"""A questionnaire as large as the loader allows goes the whole way through."""

import io
import json

from app.engine.definition import MOST_QUESTIONS, MOST_SCORED_ITEMS
from tests.engine.test_limits import largest, sized


def test_the_largest_questionnaire_is_reviewed_sorted_explained_and_tried(client, tmp_path, monkeypatch):
    (tmp_path / "large.json").write_text(
        json.dumps(sized(MOST_SCORED_ITEMS, MOST_QUESTIONS)), encoding="utf-8"
    )
    monkeypatch.setenv("OVERVEJ_QUESTIONNAIRES", str(tmp_path))
    answers = {
        "format": "overvej-answers/1",
        "questionnaire": "small",
        "version": "1.0.0",
        "date": "2026-11-22",
        "subject": {"name": "Teaterforeningen"},
        "answers": dict.fromkeys(largest().scored_items, 1),
    }
    made = client.post("/import", {"file": (io.BytesIO(json.dumps(answers).encode()), "svar.json")})
    address = made.headers["Location"]
    assert client.http.get(f"{address}/sections/all").text.count("<fieldset") >= MOST_SCORED_ITEMS
    assert client.http.get(f"{address}/review").status_code == 200
    client.post(f"{address}/review", {"go": "result"})
    result = client.http.get(f"{address}/result")
    assert result.status_code == 200
    assert all(f"c{place}" in result.text for place in range(len(largest().criteria)))
    assert client.http.get(f"{address}/what-if").status_code == 200
