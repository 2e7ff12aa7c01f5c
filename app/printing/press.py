"""The press: a document's template, style and words → PDF. Only the printing process has one."""

from __future__ import annotations

import datetime
import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from weasyprint import CSS, HTML, Attachment
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration

from app import charts
from app.engine.texts import LANGUAGES
from app.paths import APP, fonts_folder, reports_folder
from app.printing.characters import FACES, characters_of
from app.printing.failure import PrintingFailed
from app.printing.fetcher import SCHEME, ClosedFetcher
from app.printing.fitting import FILTERS as FITTING
from app.printing.forms import mend_fields
from app.printing.job import Enclosed, PrintJob
from app.printing.metadata import declare_accessible
from app.printing.numbering import numbered
from app.printing.typography import FILTERS
from app.wording.translations import catalog

FAMILY = "Overvej Sans"
STYLES = {
    "Regular": (400, "normal"),
    "Italic": (400, "italic"),
    "SemiBold": (600, "normal"),
    "Bold": (700, "normal"),
}
SHARED = "_shared"
DESCRIPTION = "document.toml"
UNDATED = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""Attachments need a date, and a document without one may not take today's."""

LONG = 100_000
"""Characters of words and names; a decision with ordinary notes has half of it."""

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Fit:
    """What a document promises about its pages, kept by asking the template for ever tighter ``levels``.

    A level is what the template is given as ``fit``: its own figures, such as how long texts may be.
    ``pages``: it has exactly so many. ``first_page``: the element of that id ends on the first one.
    """

    levels: Sequence[Mapping[str, float]] = ({},)
    pages: int | None = None
    first_page: str | None = None

    def kept(self, document: Document) -> bool:
        """Say whether ``document`` keeps the promise."""
        if self.pages is not None and len(document.pages) != self.pages:
            return False
        return self.first_page is None or self.first_page in document.pages[0].anchors


@dataclass(frozen=True)
class Kind:
    """A folder in ``reports/``. ``fillable``: a form (PDF/UA-1), else an archive (PDF/A-3a and PDF/UA-1).

    ``numbered``: it is one sheet, printed once for each of ``doc.titles``, a list of number and title; its
    ``labels.html`` has a page for each page of each of them.
    """

    template: str
    styles: tuple[CSS, ...]
    fillable: bool = False
    numbered: bool = False
    fit: Fit = field(default_factory=Fit)


class Press:
    """Everything that documents share, loaded once. Raises :class:`PrintingFailed` for a missing font."""

    def __init__(self, reports: Path | None = None) -> None:
        self._reports = reports or reports_folder()
        self._fetcher = ClosedFetcher(_packaged())
        self._fonts = FontConfiguration()
        self._characters = characters_of([_font_file(face) for face in FACES])
        self._environments = {language: _environment(self._reports, language) for language in LANGUAGES}
        self._prepared: set[tuple[str, str]] = set()
        self._parsed: dict[str, CSS] = {}
        self._kinds = {folder.parent.name: self._kind(folder.parent) for folder in self._descriptions()}

    def print(self, job: PrintJob) -> bytes:
        """Return the document as a PDF, the same bytes for the same job. Raises :class:`PrintingFailed`."""
        kind = self._kinds.get(job.kind)
        if kind is None:
            raise PrintingFailed("no-such-document", {"kind": job.kind})
        content, lost = self._characters.printable_content(job.content)
        context = {
            "doc": _named(content),
            "language": job.language,
            "lost": len(lost),
            "attached": bool(job.attachments),
        }
        fetcher = self._fetcher.with_logo(job.logo) if job.logo else self._fetcher
        document = self._fitting(kind, job.language, context, fetcher)
        if not kind.fillable:
            declare_accessible(document.metadata)
        pdf: bytes = document.write_pdf(
            pdf_variant="pdf/ua-1" if kind.fillable else "pdf/a-3a",
            pdf_forms=kind.fillable,
            pdf_identifier=_identifier(job),
            attachments=[_attachment(enclosed, job.date) for enclosed in job.attachments],
        )
        if kind.numbered:
            return numbered(pdf, self._labels(kind, job, len(document.pages)), dict(job.content["titles"]))
        return mend_fields(pdf) if kind.fillable else pdf

    def prepare(self, kind: str, language: str) -> None:
        """Compile a document's templates: what is done before a fork is done once, and not for each child."""
        environment = self._environments.get(language)
        if environment is not None and (kind, language) not in self._prepared:
            self._prepared.add((kind, language))
            own = (f"{kind}/", "fields/")
            for name in environment.list_templates(["html"]):
                if name.startswith(own) or "/" not in name:
                    environment.get_template(name)

    def html(self, kind: str, language: str, context: Mapping[str, Any]) -> str:
        """Return a document's HTML at its first level. ``context``: as in :meth:`print`, and ``alone``."""
        template = self._environments[language].get_template(self._kinds[kind].template)
        return template.render(context, level=0, fit=_named(self._kinds[kind].fit.levels[0]))

    def _fitting(
        self, kind: Kind, language: str, context: dict[str, Any], fetcher: ClosedFetcher
    ) -> Document:
        """Return the document laid out at the first level at which it keeps its promise, else at the last."""
        template = self._environments[language].get_template(kind.template)
        levels = kind.fit.levels
        long = len(levels) > 1 and len(repr(context["doc"])) > LONG
        for level, figures in enumerate(levels):
            last = level == len(levels) - 1
            context = {**context, "level": level, "fit": _named(figures)}
            # Of a long document, or after a failed try, the part that has to fit is laid out alone first.
            if (level or long) and not last:
                trial = template.render(context, alone=True)
                if not kind.fit.kept(self._laid_out(kind, trial, fetcher)):
                    continue
            document = self._laid_out(kind, template.render(context, alone=False), fetcher)
            if last or kind.fit.kept(document):
                break
        return document

    def _laid_out(self, kind: Kind, html: str, fetcher: ClosedFetcher) -> Document:
        parsed = HTML(string=html, base_url=SCHEME, url_fetcher=fetcher)
        _complete_alternatives(parsed)
        return parsed.render(
            font_config=self._fonts,
            stylesheets=kind.styles,
            pdf_variant="pdf/ua-1" if kind.fillable else "pdf/a-3a",
            pdf_forms=kind.fillable,
        )

    def _labels(self, kind: Kind, job: PrintJob, pages: int) -> bytes:
        """Return the PDF of what differs from sheet to sheet, each of so many ``pages``."""
        template = self._environments[job.language].get_template(f"{job.kind}/labels.html")
        html = template.render(titles=job.content["titles"], pages=range(1, pages + 1), language=job.language)
        parsed = HTML(string=html, base_url=SCHEME, url_fetcher=self._fetcher)
        pdf: bytes = parsed.write_pdf(
            font_config=self._fonts, stylesheets=kind.styles, pdf_identifier=_identifier(job)
        )
        return pdf

    def _descriptions(self) -> list[Path]:
        return sorted(self._reports.glob(f"*/{DESCRIPTION}"))

    def _kind(self, folder: Path) -> Kind:
        description = tomllib.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
        shared = self._reports / SHARED
        sheets = [APP / "static" / "tokens.css", *sorted(shared.glob("*.css")), *sorted(folder.glob("*.css"))]
        return Kind(
            template=f"{folder.name}/document.html",
            styles=tuple(self._css(text) for text in (_faces(), *map(_text, sheets))),
            fillable=description.get("fillable", False),
            numbered=description.get("numbered", False),
            fit=Fit(**description.get("fit", {})),
        )

    def _css(self, text: str) -> CSS:
        """Return a style sheet, which several kinds share."""
        if text not in self._parsed:
            self._parsed[text] = CSS(
                string=text, base_url=SCHEME, url_fetcher=self._fetcher, font_config=self._fonts
            )
        return self._parsed[text]


def _environment(reports: Path, language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader([reports, reports / SHARED]),
        autoescape=select_autoescape(default=True),
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.install_gettext_translations(catalog(language, "print"), newstyle=True)  # type: ignore[attr-defined]
    environment.globals["charts"] = charts
    environment.filters.update({**FILTERS, **FITTING})
    return environment


def _packaged() -> dict[str, Path]:
    return {f"fonts/{_font_file(face).name}": _font_file(face) for face in FACES}


def _font_file(face: str) -> Path:
    file = fonts_folder() / f"OvervejSans-{face}.ttf"
    if not file.is_file():
        raise PrintingFailed("font-missing", {"file": file.name})
    return file


def _faces() -> str:
    return "\n".join(
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; font-style: {style}; '
        f'src: url("{SCHEME}fonts/{_font_file(face).name}") }}'
        for face, (weight, style) in STYLES.items()
    )


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _named(content: Any) -> Any:
    """Return JSON data with its keys as attributes: ``row.get`` is the row's own, not every dict's."""
    if isinstance(content, Mapping):
        return SimpleNamespace(**{key: _named(part) for key, part in content.items()})
    if isinstance(content, list):
        return [_named(part) for part in content]
    return content


def _complete_alternatives(parsed: HTML) -> None:
    """Move each chart's description into its title: the PDF's text alternative is made of the title alone."""
    for drawing in parsed.etree_element.iter(f"{SVG}svg"):
        title, description = drawing.find(f"{SVG}title"), drawing.find(f"{SVG}desc")
        if title is not None and description is not None and description.text:
            title.text = f"{title.text}. {description.text}"
            drawing.remove(description)


def _identifier(job: PrintJob) -> bytes:
    written = repr((job.kind, job.language, job.content, job.attachments, job.date, job.logo))
    return hashlib.sha256(written.encode(errors="backslashreplace")).digest()[:16]


def _attachment(enclosed: Enclosed, date: str) -> Attachment:
    day = datetime.datetime.fromisoformat(f"{date}T00:00:00+00:00") if date else UNDATED
    return Attachment(
        # A lone surrogate in a JSON text becomes the escape that JSON has for it.
        string=enclosed.text.encode(errors="backslashreplace"),
        name=enclosed.name,
        description=enclosed.name,
        created=day,
        modified=day,
        relationship="Data",
    )
