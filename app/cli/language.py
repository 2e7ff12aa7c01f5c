"""The command's language: Danish where the locale is, else English.

The texts are in the code in English; ``translations/da/LC_MESSAGES/command.po`` has the Danish ones,
argparse's own among them. Both go through the standard ``gettext``, which looks at ``LANGUAGE``, ``LC_ALL``,
``LC_MESSAGES`` and ``LANG``, in that order.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).parent.parent / "translations"
DOMAIN = "command"
VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
UNTRANSLATED = "messages"
"""gettext's own default domain, which has no catalogue on its default path."""


def locale_language(environ: Mapping[str, str] = os.environ) -> Literal["da", "en"]:
    """Return the language of the first locale variable that is set, English where it is none we speak."""
    chosen = next((environ[name] for name in VARIABLES if environ.get(name)), "")
    return "da" if re.match(r"da(?![a-z])", chosen) else "en"


def speak_the_locale() -> None:
    """Let ``gettext`` answer in the locale's language from here on."""
    gettext.bindtextdomain(DOMAIN, FOLDER)
    gettext.textdomain(DOMAIN if locale_language() == "da" else UNTRANSLATED)
