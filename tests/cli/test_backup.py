"""``overvej backup`` and ``overvej restore`` while a workshop is under way."""

from tests.workshops import ways


def test_the_command_goes_on_and_says_it(app, overvej, monkeypatch, tmp_path):
    monkeypatch.setenv("OVERVEJ_DATA", str(app.config["DATA_FOLDER"]))
    ways.answered(app)
    ran = overvej("backup", tmp_path / "a.zip")
    assert ran.code == 0
    assert ran.err.startswith(
        "The workshop with Teaterforeningen is not closed: the backup tells who said what"
    )
    assert ran.err.count("\n") == 1
    ran = overvej("restore", tmp_path / "a.zip")
    assert ran.code == 0
    assert "Teaterforeningen is not closed" in ran.err
