"""What can be typed after ``overvej``."""

from __future__ import annotations

import argparse
import re
from gettext import gettext as _
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.cli.language import locale_language

LANGUAGES = ("da", "en")
HIGHEST_PORT = 65535
ADDRESS = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?/?", re.IGNORECASE)
"""A machine in a network as it is written in a browser: no page, and nobody's name or password."""

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def parser() -> argparse.ArgumentParser:
    """Return the parser for the whole command, its texts in the locale's language."""
    whole = argparse.ArgumentParser(
        prog="overvej",
        description=_("Helps a library consider a proposed partnership before saying yes."),
        epilog=_("“overvej COMMAND --help” tells more about a command."),
    )
    whole.add_argument(
        "--version",
        action="version",
        version=f"Overvej {version('overvej')}",
        help=_("show the version and exit"),
    )
    commands = whole.add_subparsers(dest="command", metavar=_("COMMAND"), title=_("commands"))
    for add in (_check, _score, _report, _form, _schema, _serve, _import, _backup, _restore):
        add(commands)
    return whole


def _check(commands: Commands) -> None:
    check = _command(
        commands,
        "check",
        _("check questionnaires and their worked cases"),
        _(
            "Loads each questionnaire, says everything that is wrong with it, and runs its worked cases. "
            "An answers file is held against its questionnaire. Returns 1 where there are faults."
        ),
    )
    check.add_argument(
        "files",
        metavar=_("FILE"),
        nargs="*",
        help=_("a questionnaire or an answers file; without any, every installed questionnaire"),
    )


def _score(commands: Commands) -> None:
    score = _command(
        commands,
        "score",
        _("show what a set of answers comes to"),
        _("Shows what a set of answers comes to, why, what is still to be asked, and what would change it."),
    )
    _add_answers(score)
    score.add_argument("--json", action="store_true", help=_("print the whole result as JSON"))
    _add_language(score, _("the language of the text"))


def _report(commands: Commands) -> None:
    report = _command(
        commands,
        "report",
        _("print a set of answers as a PDF"),
        _("Makes the PDF that leadership decides on, or the sheet that may lie on the table at the meeting."),
    )
    _add_answers(report)
    report.add_argument(
        "--kind",
        choices=("decision", "meeting"),
        default="decision",
        help=_("decision (the default): for those who decide; meeting: without scores, for both parties"),
    )
    _add_language(report, _("the language of the document"))
    report.add_argument(
        "--no-attachment",
        dest="attachment",
        action="store_false",
        help=_("leave answers and questionnaire out of the PDF; then it cannot be opened in Overvej again"),
    )
    _add_output(report)


def _form(commands: Commands) -> None:
    form = _command(
        commands,
        "form",
        _("print a blank questionnaire as a PDF"),
        _("Makes the blank questionnaire, to fill in on paper or on screen."),
    )
    form.add_argument(
        "questionnaire", metavar=_("QUESTIONNAIRE"), help=_("the id of an installed questionnaire, or a file")
    )
    _add_language(form, _("the language of the form"))
    form.add_argument("--short", action="store_true", help=_("only the questions of the short variant"))
    _add_output(form)


def _schema(commands: Commands) -> None:
    _command(
        commands,
        "schema",
        _("print the JSON Schema of the questionnaire format"),
        _("Prints the JSON Schema of the questionnaire format, so that an editor can help you write one."),
    )


def _serve(commands: Commands) -> None:
    serve = _command(
        commands,
        "serve",
        _("start Overvej in the browser"),
        _("Starts Overvej for you alone, on this machine, and opens it in the browser. Ctrl-C stops it."),
    )
    serve.add_argument(
        "--workshop",
        action="store_true",
        help=_(
            "let phones in this network reach the pages of those who take part in a workshop, and no others"
        ),
    )
    serve.add_argument(
        "--host",
        help=_(
            "an address of this machine itself (127.0.0.1); with --workshop one in its network (all of them)"
        ),
    )
    serve.add_argument(
        "--address",
        type=_address,
        metavar=_("ADDRESS"),
        help=_("with --workshop: the address that phones are told, http://… (this machine’s in its network)"),
    )
    serve.add_argument("--port", type=_port, default=8000, help=_("the port (8000); 0 takes a free one"))
    serve.add_argument(
        "--no-browser", dest="browser", action="store_false", help=_("only show the address, open nothing")
    )


def _import(commands: Commands) -> None:
    import_ = _command(
        commands,
        "import",
        _("bring in many answers files at once"),
        _(
            "Makes an assessment of each answers file and each decision PDF. A file that cannot be used is "
            "named with its reason and stops none of the others; what is there already, word for word, is "
            "not brought in twice. Overvej may run meanwhile. Returns 1 where a file was refused."
        ),
    )
    import_.set_defaults(module="importing")  # a module of its own name could not be imported
    import_.add_argument(
        "files",
        metavar=_("FILE"),
        nargs="+",
        help=_("an answers file, a decision PDF, or a folder with such files"),
    )


def _backup(commands: Commands) -> None:
    backup = _command(
        commands,
        "backup",
        _("put everything that is stored into one file"),
        _(
            "Puts everything that is stored – partners, assessments, decisions, settings – into one file, as "
            "it is at this moment. Overvej may run meanwhile."
        ),
    )
    backup.add_argument("file", metavar=_("FILE.zip"), help=_("the file to write; an old backup is replaced"))


def _restore(commands: Commands) -> None:
    restore = _command(
        commands,
        "restore",
        _("replace everything that is stored with a backup"),
        _(
            "Replaces everything that is stored with a backup, in whichever database it was taken. All of it "
            "is checked first, and what was there is kept as a backup of its own. Overvej may run meanwhile."
        ),
    )
    restore.add_argument("file", metavar=_("FILE.zip"), help=_("a backup that Overvej made"))


def _command(commands: Commands, name: str, help_: str, description: str) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=help_, description=description)


def _add_answers(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "answers",
        metavar=_("ANSWERS"),
        help=_("an answers file, or a decision PDF that Overvej made; - reads it from standard input"),
    )


def _add_language(command: argparse.ArgumentParser, help_: str) -> None:
    command.add_argument("--language", choices=LANGUAGES, default=locale_language(), help=help_)


def _add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "-o",
        dest="output",
        metavar=_("FILE.pdf"),
        required=True,
        help=_("the file to write; an old one is replaced"),
    )


def _port(typed: str) -> int:
    if typed.isascii() and typed.isdigit() and int(typed[:6]) <= HIGHEST_PORT:
        return int(typed)
    raise argparse.ArgumentTypeError(
        _("“{typed}” is not a port; write a number from 0 to {highest}").format(
            typed=typed, highest=HIGHEST_PORT
        )
    )


def _address(typed: str) -> str:
    if ADDRESS.fullmatch(typed) and _has_a_port(typed):
        return typed.lower().removesuffix("/")
    raise argparse.ArgumentTypeError(
        _("“{typed}” is not an address that phones can be told; write http:// and the machine’s name").format(
            typed=typed
        )
    )


def _has_a_port(address: str) -> bool:
    try:
        return (urlsplit(address).port or 1) > 0
    except ValueError:
        return False
