"""What looks at the documents would find a fault."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from tests.printing import paper


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A PDF that promises nothing."""
    file = tmp_path / "faulty.pdf"
    with pikepdf.new() as document:
        document.add_blank_page()
        with document.open_metadata() as said:
            said["dc:creator"] = ["Nobody"]
        document.save(file)
    return file


@pytest.mark.skipif(not paper.VALIDATOR.exists(), reason="the validator is not here")
def test_the_validator_would_find_a_fault_and_says_in_which_file(faulty: Path) -> None:
    found = paper.invalid(paper.BOTH, [faulty])
    assert {line.split()[1] for line in found if line.startswith("faulty.pdf ")} == {"3a", "ua1"}


def test_what_can_be_seen_without_it_is_found(faulty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "VALIDATOR", faulty.with_name("none"))
    found = paper.faults(faulty.read_bytes(), paper.BOTH, faulty.parent)
    promised = {"not marked", "no structure", "no language", "no title", "not PDF/UA-1", "not PDF/A-3a"}
    assert set(found) == promised
