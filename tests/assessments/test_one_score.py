"""The screen, the PDF, the export and the command say the same of the same answers, whatever was hidden."""

import json
import re
import subprocess

import pytest

from app.cli import main
from app.wording.speech import whole
from tests.web import answer, begin, filled_in


def scored(capsys, path):
    capsys.readouterr()
    assert main(["score", str(path), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def words_of(pdf):
    printed = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True)
    return re.sub(r"\s+", " ", printed.stdout)


@pytest.mark.parametrize(
    "steps",
    [
        [{"tried": "no"}],
        [{"tried": "yes"}, {"how_many": "40"}],
        [{"tried": "yes"}, {"how_many": "40"}, {"tried": "no"}],
        [{"tried": "yes"}, {"how_many": "40"}, {"tried": "no"}, {"tried": "yes"}, {"idea": "0"}],
    ],
    ids=["never shown", "shown", "hidden again", "shown again and one answer worse"],
)
def test_the_same_answers_are_the_same_everywhere(client, capsys, tmp_path, steps):
    address = begin(client, "kinds")
    page = f"{address}/sections/all"
    client.post(page, filled_in(client, page))
    for step in steps:
        answer(client, page, **step)
    client.post(f"{address}/review")
    screen = client.get(f"{address}/result").text
    file, pdf = tmp_path / "answers.json", tmp_path / "decision.pdf"
    file.write_bytes(client.get(f"{address}/answers.json").data)
    pdf.write_bytes(client.get(f"{address}/decision.pdf?language=da").data)
    said = scored(capsys, file)
    assert scored(capsys, pdf) == said
    printed = words_of(pdf)
    headline = re.search(r"<h1>(.+?)</h1>", screen)[1]
    assert headline in printed
    assert said["outcome"] is not None
    for criterion in said["criteria"].values():
        figure = str(whole(criterion["point"]))
        assert re.search(rf">{figure}</text>", screen)
        assert re.search(rf"\b{figure} (Når|Ikke|Her)", printed)
