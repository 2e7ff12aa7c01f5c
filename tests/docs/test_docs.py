"""The documentation says what is so: settings, commands, keys, messages, examples and links."""

import ast
import importlib.util
import json
import os
import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from app.engine.answers import from_json
from app.engine.assess import assess
from app.engine.conditions import Condition
from app.engine.definition import Questionnaire
from app.engine.items import KINDS
from app.engine.loading import load
from app.engine.worked_cases import WorkedCase

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
CODE = sorted([*(ROOT / "app").rglob("*.py"), ROOT / "dev"])


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def refresh_script():
    spec = importlib.util.spec_from_file_location("refresh", ROOT / "docs" / "refresh.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# What the code knows better


@pytest.mark.parametrize("source", PAGES, ids=lambda source: source.name)
def test_the_written_parts_are_current(source, monkeypatch):
    """Where this fails: .venv/bin/python docs/refresh.py"""
    monkeypatch.setenv("COLUMNS", "80")
    written = source.read_text(encoding="utf-8")
    assert refresh_script().refreshed(written) == written


def test_there_are_such_parts():
    assert "usage: overvej score" in text("docs/command.md")
    assert "It says … minutes, but the words take more like …." in text("docs/authoring.md")


def test_faults_and_what_is_worth_a_look_are_told_apart():
    warnings = refresh_script().warnings()
    assert {"minutes_belied", "straight_quotes", "item_never_matters", "ask_missing"} <= warnings
    assert not {"translation_missing", "profile_falls", "outcome_unreachable", "id_twice"} & warnings


def settings_in_code() -> set[str]:
    """Every environment variable of ours that the code names."""
    strings = [
        node.value
        for file in CODE
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return {found for string in strings for found in re.findall(r"\bOVERVEJ_[A-Z_]+\b", string)}


def test_every_setting_is_documented_and_every_documented_setting_exists():
    documented = set(re.findall(r"^\| `(OVERVEJ_[A-Z_]+)`", text("docs/operating.md"), re.MULTILINE))
    assert documented == settings_in_code()


def test_no_page_names_a_setting_that_is_not_there():
    named = {found for page in PAGES for found in re.findall(r"\bOVERVEJ_[A-Z_]+\b", page.read_text("utf-8"))}
    assert named <= settings_in_code()


def test_every_command_that_a_page_names_exists():
    known = set(re.findall(r"^### overvej (\w+)$", text("docs/command.md"), re.MULTILINE))
    code = re.compile(r"`([^`\n]+)`|^((?:python3 dev )?overvej .*)$", re.MULTILINE)
    for page in PAGES:
        for inline, block in code.findall(page.read_text(encoding="utf-8")):
            for word in re.findall(r"^(?:python3 dev )?overvej (\w+)", inline or block):
                assert word in known, f"{page.name}: overvej {word}"


def test_every_word_of_dev_that_a_page_names_exists():
    known = set(
        re.findall(r"^    python3 dev (\w+)", (ROOT / "dev").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert known >= {"run", "test"}
    for page in PAGES:
        for word in re.findall(r"python3 dev (\w+)", page.read_text(encoding="utf-8")):
            assert word in known, f"{page.name}: dev {word}"


def test_run_and_test_stand_first_in_the_readme():
    block = re.search(r"```\n(.*?)```", text("README.md"), re.DOTALL)[1].splitlines()
    assert [line.split("#")[0].strip() for line in block] == ["python3 dev run", "python3 dev test"]


# The format


def models(
    model: type[BaseModel], seen: dict[str, type[BaseModel]] | None = None
) -> dict[str, type[BaseModel]]:
    """Every model that a questionnaire consists of."""
    seen = {} if seen is None else seen
    if model.__name__ not in seen:
        seen[model.__name__] = model
        for field in model.model_fields.values():
            for inner in inner_types(field.annotation):
                models(inner, seen)
    return seen


def inner_types(annotation: object) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {found for part in getattr(annotation, "__args__", ()) for found in inner_types(part)}


def keys() -> set[tuple[str, str]]:
    whole = {**models(Questionnaire), **{kind.__name__: kind for kind in KINDS.values()}}
    whole |= models(Condition) | models(WorkedCase)
    return {
        (name, field.alias or key)
        for name, model in whole.items()
        for key, field in model.model_fields.items()
    }


@pytest.mark.parametrize(("model", "key"), sorted(keys()))
def test_every_key_of_the_format_is_documented(model, key):
    page = text("docs/authoring.md")
    assert re.search(rf'`{re.escape(key)}`|`[^`\n]*"{re.escape(key)}":', page), f"{key} of {model}"


def test_every_kind_of_item_is_documented():
    documented = set(re.findall(r"^\| `(\w+)` \|", text("docs/authoring.md"), re.MULTILINE))
    assert set(KINDS) <= documented


def examples() -> list[str]:
    return re.findall(r"```json\n(.*?)```", text("docs/authoring.md"), re.DOTALL)


def test_the_example_loads_and_nothing_is_to_be_said_about_it():
    loaded = load(examples()[0], "docs/authoring.md")
    assert loaded.warnings == []
    assert set(loaded.questionnaire.languages) == {"da", "en"}


def test_the_example_of_answers_fits_the_example_of_a_questionnaire():
    questionnaire = load(examples()[0]).questionnaire
    result = assess(questionnaire, from_json(json.loads(examples()[1]), questionnaire))
    assert (result.outcome, result.range) == ("regular", ("trial", "regular"))


def test_every_json_example_is_json():
    assert len(examples()) == 2
    for page in PAGES:
        for example in re.findall(r"```json\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
            json.loads(example)


# Links and what may not be in a page


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives a page's headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links() -> list[tuple[Path, str]]:
    found = []
    for page in PAGES:
        prose = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        found += [(page, target) for target in re.findall(r"\]\(([^)\s]+)\)", prose)]
    return [(page, target) for page, target in found if not target.startswith("https://")]


@pytest.mark.parametrize(("source", "target"), links(), ids=lambda value: getattr(value, "name", value))
def test_every_link_leads_somewhere(source, target):
    path, _, anchor = target.partition("#")
    goal = (source.parent / path).resolve() if path else source
    assert goal.exists()
    assert goal.is_relative_to(ROOT)
    if anchor:
        assert anchor in anchors(goal)


def test_every_file_and_folder_that_contributing_names_is_there():
    named = re.findall(
        r"`((?:app|tests|questionnaires|reports|docs)/[\w./-]*|\.ci/run)`", text("CONTRIBUTING.md")
    )
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("source", PAGES, ids=lambda source: source.name)
def test_no_page_knows_somebody_s_machine(source):
    said = source.read_text(encoding="utf-8")
    assert not re.search(r"/(?:home|root|work|tmp|Users)/", said)
    assert "TODO" not in said
    assert os.environ.get("HOSTNAME", "no-host") not in said


def test_the_changelog_names_the_version_that_is_built():
    version = tomllib.loads(text("pyproject.toml"))["project"]["version"]
    assert version in text("CHANGELOG.md")
