"""``overvej schema``: the JSON Schema of the questionnaire format."""

from __future__ import annotations

import argparse

from app.cli.screen import print_json
from app.engine.schema import questionnaire_schema


def run(_arguments: argparse.Namespace) -> int:
    """Print the schema."""
    print_json(questionnaire_schema())
    return 0
