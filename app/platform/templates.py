"""What every template may use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from flask import Flask, current_app
from jinja2.runtime import Macro

from app.engine.texts import say
from app.platform.actor import current_actor, named
from app.platform.i18n import language
from app.platform.navigation import navigation
from app.platform.text import writable


def set_up_templates(app: Flask) -> None:
    """Keep the pages free of blank lines, and give templates the questionnaire's texts."""
    environment = app.jinja_env
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.filters.update(said=said, writable=writable, actor=named)
    environment.globals.update(value_of=value_of, navigation=navigation, current_actor=current_actor)


def said(text: Mapping[str, str] | None) -> str:
    """Return a questionnaire's text in the reader's language."""
    return say(text, language())


def value_of(kind: str) -> Macro:
    """Return the macro that writes the value of a field of this kind."""
    template = current_app.jinja_env.get_template(f"fields/{kind}.html")
    return cast(Macro, template.module.value)  # type: ignore[attr-defined]
