"""Looking at a PDF: its pages, its text, its standards."""

from __future__ import annotations

import io
import re
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pikepdf

from app.paths import CHECKOUT

# The validator lies beside the repository where the project is worked on; a fresh clone may have none.
VALIDATOR = CHECKOUT.parent / "shared" / "tools" / "pdfcheck" / "pdfcheck"
BOTH, ACCESSIBLE = "3a,ua1", "ua1"
WAITING: defaultdict[str, list[Path]] = defaultdict(list)
"""The files that the validator will be given, by the standards that they are to keep."""


def text(pdf: bytes, *pages: int) -> str:
    """The text as a reader would copy it, with white space made equal; all pages, or the given one."""
    every = _texts(pdf)
    wanted = every[pages[0] - 1 : pages[-1]] if pages else every
    return " ".join(" ".join(wanted).split())


@lru_cache(maxsize=16)
def _texts(pdf: bytes) -> list[str]:
    """The text of each page: the same document is mostly looked at more than once."""
    made = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return made.stdout.decode().split("\f")[:-1]


def letters(words: str) -> str:
    """The letters of a text alone: where lines and pages break does not matter."""
    return re.sub(r"\s|\N{SOFT HYPHEN}", "", words)


def pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def blank_pages(pdf: bytes) -> list[int]:
    """The pages with nothing but the running header and the foot on them."""
    return [page for page in range(1, pages(pdf) + 1) if len(text(pdf, page)) < 150]


def faults(pdf: bytes, standards: str, folder: Path) -> list[str]:
    """What can be seen to break the standards; the validator looks for the rest at the end of all tests."""
    if VALIDATOR.exists():
        waiting = WAITING[standards]
        file = folder / f"{folder.name}-{len(waiting)}.pdf"
        file.write_bytes(pdf)
        waiting.append(file)
    return _visible_faults(pdf, standards)


def invalid(standards: str, files: Sequence[Path]) -> list[str]:
    """What the validator finds in the files, each named after its test."""
    command = [VALIDATOR, standards, *files]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    wrong = [line for line in ran.stdout.splitlines() if " PASS " not in line]
    return wrong or ([] if ran.returncode == 0 else [ran.stderr])


def _visible_faults(pdf: bytes, standards: str) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        mark = bytes(root.Metadata.read_bytes())
        wanted = {
            "not marked": bool(root.get("/MarkInfo", {}).get("/Marked")),
            "no structure": "/StructTreeRoot" in root,
            "no language": str(root.get("/Lang", "")) in {"da", "en"},
            "no title": b"dc:title" in mark,
            "not PDF/UA-1": re.search(rb'pdfuaid:part(="1"|>1<)', mark) is not None,
            "not PDF/A-3a": "3a" not in standards
            or (b'pdfaid:part="3"' in mark and b'pdfaid:conformance="A"' in mark),
            "fonts not embedded": all(_embedded(font) for font in _fonts(document)),
        }
    return [fault for fault, kept in wanted.items() if not kept]


def _fonts(document: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [
        each
        for each in document.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
    ]


def _embedded(font: pikepdf.Object) -> bool:
    return any(key in font for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def accessible_names(pdf: bytes) -> list[str]:
    """What a screen reader is told of each fillable field."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [str(field.get("/TU", "")) for field in document.Root.AcroForm.Fields]


def field_names(pdf: bytes) -> list[str]:
    """The names of the fillable fields, as often as each is listed."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [str(field.T) for field in document.Root.AcroForm.Fields]


def buttons(pdf: bytes, name: str) -> list[str]:
    """The codes of the radio buttons that belong to a field."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        field = next(each for each in document.Root.AcroForm.Fields if str(each.T) == name)
        return [str(option) for option in field.Opt]
