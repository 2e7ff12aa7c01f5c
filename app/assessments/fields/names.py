"""What questions are called on a page: names and HTML ids that never meet those of the page itself."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

PREFIX = "answer."
"""No name of a page's own begins so, and no question's id holds a dot, which parts its parts from it."""

ASKED = "asked"
"""Posted once for each question on the page: ``name:fingerprint``, that of the answer it showed."""


def answer_name(question: str) -> str:
    """Return what a question is posted as, which is its HTML id too; its parts follow after a dot."""
    return f"{PREFIX}{question}"


def posted_answers(posted: MultiDict[str, str]) -> MultiDict[str, str]:
    """Return what a page posts of its questions, by their ids and parts (``goal``, ``goal.note``).

    A page that was begun before the questions had names of their own calls them by their ids.
    """
    prefix = PREFIX if all(each.startswith(PREFIX) for each in posted.getlist(ASKED)) else ""
    return MultiDict(
        (name.removeprefix(prefix), value)
        for name, value in posted.items(multi=True)
        if name.startswith(prefix)
    )


def shown_in(posted: MultiDict[str, str]) -> dict[str, str]:
    """Return the fingerprint of what the posted page had shown, for each question on it, by its id."""
    pairs = (each.partition(":") for each in posted.getlist(ASKED))
    return {name.removeprefix(PREFIX): shown for name, _, shown in pairs}
