"""One printed sheet made into many, each with its number: laid out once, and told apart by what is laid over.

Laying out every sheet anew takes a second each. The copies share their pages' drawing; what a reading aid
needs, the tags, every copy has for itself.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Page, Pdf

BEFORE = b"q"
OVER = b"Q /Artifact <</Type /Pagination>> BDC q /SheetNumber Do Q EMC"
"""Around a page's own drawing: its number is drawn over it, as what stands outside the text."""

OWN = frozenset({"/P", "/Pg", "/K", "/ID"})
"""What a tag has that its copy cannot share: its place in the tree, its page, its parts and its name."""


def numbered(sheet: bytes, labels: bytes, titles: Mapping[int, str]) -> bytes:
    """Return ``sheet`` once for each of ``titles``, by number: its bookmark and its pages' label.

    ``labels``: a PDF with one page for each page of each sheet, in that order. Every sheet begins on a
    right-hand page: where it has an odd number of pages, an empty one follows.
    """
    with pikepdf.open(io.BytesIO(sheet)) as document, pikepdf.open(io.BytesIO(labels)) as over:
        first = list(document.pages)
        tags = _Tags(document, first)
        before, after = document.make_stream(BEFORE), document.make_stream(OVER)
        starts = []
        for place in range(len(titles)):
            starts.append(len(document.pages) if place else 0)
            pages = list(_again(document, first)) if place else first
            tags.give(pages, place)
            if len(pages) % 2:
                _end_left(document, first[0])
        for place, start in enumerate(starts):
            for turn in range(len(first)):
                number = over.pages[place * len(first) + turn].as_form_xobject()
                page = document.pages[start + turn]
                page.Contents = Array([before, *_streams(page), after])
                page.Resources = _with(page.Resources, document.copy_foreign(number))
        _name_pages(document, dict(zip(starts, titles.items(), strict=True)))
        written = io.BytesIO()
        document.save(
            written,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return written.getvalue()


def _again(document: Pdf, pages: Sequence[Page]) -> Iterator[Page]:
    """Append the same pages once more; what they draw is shared."""
    for page in pages:
        document.pages.append(page)
        yield document.pages[-1]


def _end_left(document: Pdf, like: Page) -> None:
    """Append an empty page of the same size, so that what follows begins on a right-hand page."""
    empty = document.make_indirect(Dictionary(Type=Name.Page, MediaBox=like.MediaBox, Resources=Dictionary()))
    document.pages.append(Page(empty))


def _streams(page: Page) -> list[Any]:
    return list(page.Contents) if isinstance(page.Contents, Array) else [page.Contents]


def _with(resources: Any, number: Any) -> Any:
    """Return the page's resources and its number's drawing; what is shared stays as it is."""
    drawings = Dictionary(resources.get("/XObject", Dictionary()))
    drawings.SheetNumber = number
    own = Dictionary(resources)
    own.XObject = drawings
    return own


def _name_pages(document: Pdf, starts: Mapping[int, tuple[int, str]]) -> None:
    """Give each sheet a bookmark, and its pages their codes: 7-1, 7-2."""
    labels: list[Any] = []
    with document.open_outline() as outline:
        outline.root.clear()
        for start, (number, title) in starts.items():
            outline.root.append(OutlineItem(title, start, "Fit"))
            labels.extend([start, Dictionary(P=f"{number}-", S=Name.D, St=1)])
    document.Root.PageLabels = Dictionary(Nums=Array(labels))


class _Tags:
    """The tags of the first sheet, and a copy of them for every other."""

    def __init__(self, document: Pdf, pages: Sequence[Page]) -> None:
        self._document = document
        root = document.Root.StructTreeRoot
        self._top = root.K[0]
        self._listed = root.ParentTree.Nums
        self._places = {page.objgen: place for place, page in enumerate(pages)}
        self._first = list(self._top.K)
        self._refers = [list(self._listed[2 * place + 1]) for place in range(len(pages))]
        self._top.K = Array()

    def give(self, pages: Sequence[Page], place: int) -> None:
        """Tag one sheet's pages; the ``place`` of the first is 0, and its tags are there already."""
        part = self._document.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Part, P=self._top, K=Array())
        )
        self._top.K.append(part)
        if place == 0:
            for tag in self._first:
                tag.P = part
            part.K = Array(self._first)
            return
        copies: dict[tuple[int, int], Any] = {}
        part.K = Array([self._copy(tag, part, pages, place, copies) for tag in self._first])
        for turn, (page, tags) in enumerate(zip(pages, self._refers, strict=True)):
            key = place * len(pages) + turn
            page.StructParents = key
            added: list[Any] = [key, Array([copies.get(each.objgen, each) for each in tags])]
            self._listed.extend(added)

    def _copy(self, tag: Any, parent: Any, pages: Sequence[Page], place: int, copies: dict[Any, Any]) -> Any:
        made = Dictionary({key: tag[key] for key in tag.keys() - OWN})
        made.P = parent
        if "/Pg" in tag:
            made.Pg = pages[self._places[tag.Pg.objgen]].obj
        if "/ID" in tag:
            made.ID = pikepdf.String(f"{tag.ID}-{place}")
        if "/A" in tag and "/Headers" in tag.A:
            headers = [pikepdf.String(f"{name}-{place}") for name in tag.A.Headers]
            made.A = Dictionary({**dict(tag.A), "/Headers": Array(headers)})
        kept = self._document.make_indirect(made)
        copies[tag.objgen] = kept
        kept.K = Array(
            [
                self._copy(part, kept, pages, place, copies) if isinstance(part, Dictionary) else part
                for part in tag.K
            ]
        )
        return kept
