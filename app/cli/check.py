"""``overvej check``: questionnaires with their worked cases, and answers files, held against the rules."""

from __future__ import annotations

import argparse
from gettext import gettext as _
from gettext import ngettext

from app.cli.language import locale_language
from app.library import files, installed

