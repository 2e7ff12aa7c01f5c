"""Writes what the code knows better into the documentation: run it after a change of command or message.

    .venv/bin/python docs/refresh.py

A part is between ``<!-- begin: name -->`` and ``<!-- end: name -->``. A test fails where one is outdated.
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from app.cli.arguments import parser
from app.cli.language import VARIABLES
from app.engine import checks
from app.engine.messages import MESSAGES, definitions, json_files, shapes

DOCS = Path(__file__).parent


def refreshed(text: str) -> str:
    """Return a page with each of its parts written anew."""
    for name, write in PARTS.items():
        part = re.compile(rf"(<!-- begin: {name} -->\n).*?(<!-- end: {name} -->)", re.DOTALL)
        text = part.sub(lambda match, write=write: f"{match[1]}\n{write()}\n{match[2]}", text)
    return text


def command_help() -> str:
    """Return what ``--help`` says, for the whole command and for each of its words."""
    before = {name: os.environ.pop(name, None) for name in VARIABLES}
    os.environ["COLUMNS"] = "80"
    whole = parser()
    (words,) = [action for action in whole._actions if isinstance(action, argparse._SubParsersAction)]
    os.environ.update({name: value for name, value in before.items() if value is not None})
    texts = {"": whole.format_help(), **{name: each.format_help() for name, each in words.choices.items()}}
    return "\n".join(
        f"### overvej {name}".rstrip() + f"\n\n```text\n{text}```\n" for name, text in texts.items()
    )


def refusals() -> str:
    """Return what the loader says of a questionnaire, by message."""
    advised = warnings()
    parts = {
        "Text that is not JSON": list(json_files.MESSAGES),
        "Keys and values of the wrong shape": list(shapes.MESSAGES),
        "What the parts say together": [code for code in definitions.MESSAGES if code not in advised],
        "Worth a look, but no fault": [code for code in MESSAGES if code in advised],
    }
    return "\n".join(f"### {title}\n\n" + "".join(_bullets(codes)) for title, codes in parts.items())


def warnings() -> set[str]:
    """Return the codes of what is worth a look: each module of checks has its ``advise`` last."""
    found: set[str] = set()
    for module in sorted(Path(checks.__file__).parent.glob("*.py")):
        _, _, advice = module.read_text(encoding="utf-8").partition("\ndef advise(")
        found |= {code for code in re.findall(r'"([a-z_]+)"', advice) if code in MESSAGES}
    return found


def _bullets(codes: Iterable[str]) -> list[str]:
    """Return a line for each message, each once, with … for what it fills in."""
    said = [MESSAGES[code]["en"].replace("{maybe}", "") for code in codes]
    open_ = [re.sub(r"(?<!\{)\{[a-z_]+\}(?!\})", "…", text) for text in said]
    plain = [text.replace("{{", "{").replace("}}", "}").replace("<", "&lt;") for text in open_]
    return [f"- {text}\n" for text in dict.fromkeys(plain)]


PARTS: dict[str, Callable[[], str]] = {"help": command_help, "refusals": refusals}


if __name__ == "__main__":
    for page in DOCS.glob("*.md"):
        page.write_text(refreshed(page.read_text(encoding="utf-8")), encoding="utf-8")
