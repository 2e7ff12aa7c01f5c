"""The build hook: makes fonts and translations before a build, and ships the content with the package."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# A build front end runs this file by its path, without the project's folder on the import path.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import make_assets

CONTENT = ("questionnaires", "reports")


class AssetsHook(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        make_assets.make()
        # An editable install reads the checkout's own folders: a copy would hide what an author edits there.
        if version != "editable":
            build_data["force_include"].update(shipped(Path(self.root)))


def shipped(root: Path) -> dict[str, str]:
    return {str(root / name): f"app/_shipped/{name}" for name in CONTENT if (root / name).is_dir()}
