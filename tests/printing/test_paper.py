"""What looks at the documents would find a fault."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest

from tests.printing import paper, standards


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
def test_a_fault_in_a_document_of_any_process_fails_the_run_and_names_the_document(
    faulty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "WAITING", defaultdict(list))
    run, session = standards.Run(), SimpleNamespace(exitstatus=pytest.ExitCode.OK)
    run.pytest_testnodedown(SimpleNamespace(workeroutput={"waiting": {paper.BOTH: [str(faulty)]}}))
    run.pytest_sessionfinish(session)
    assert session.exitstatus == pytest.ExitCode.TESTS_FAILED
    assert {line.split()[1] for line in run.found if line.startswith("faulty.pdf ")} == {"3a", "ua1"}


def test_what_can_be_seen_without_it_is_found(faulty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "VALIDATOR", faulty.with_name("none"))
    found = paper.faults(faulty.read_bytes(), paper.BOTH, faulty.parent)
    promised = {"not marked", "no structure", "no language", "no title", "not PDF/UA-1", "not PDF/A-3a"}
    assert set(found) == promised
