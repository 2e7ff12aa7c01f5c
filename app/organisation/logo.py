"""A logo from outside, made harmless: a PNG is drawn anew, an SVG keeps only what a plain drawing needs."""

from __future__ import annotations

import io
import re
import struct
from xml.etree import ElementTree
from xml.parsers import expat

from app.organisation.models import PNG, SVG
from app.platform.i18n import gettext as _

LARGEST = 512 * 1024
"""Bytes. A logo is small, and this one goes into every document."""

MOST_PIXELS = 16_000_000
LONGEST_SIDE = 1200
"""Pixels: enough for print at the size of a letterhead."""

DEEPEST, MOST_ELEMENTS = 30, 3000

PNG_BEGINS = b"\x89PNG\r\n\x1a\n"
NAMESPACE = "{http://www.w3.org/2000/svg}"

# No <use>, <pattern>, <marker> or filter: a few lines of them can ask for more than any machine can draw.
DRAWN = frozenset(
    {"svg", "g", "defs", "title", "desc", "style", "path", "rect", "circle", "ellipse", "line", "polyline"}
    | {"polygon", "text", "tspan", "linearGradient", "radialGradient", "stop", "clipPath"}
)
NUMBER = re.compile(r"[-+]?\d{0,9}\.?\d{1,9}")
LENGTH = re.compile(r"(\d{0,9}\.?\d{1,9})(?:px|pt|pc|mm|cm|in|em|%)?")
REACHES_OUT = re.compile(
    r"""url\(\s*["']?(?!\s*["']?\#)|//|\\|@|(?:javascript|data|file):|expression\(""", re.IGNORECASE
)


class NoLogo(ValueError):
    """A file that cannot be the logo; its text says why, in the reader's language."""


def clean_logo(data: bytes) -> tuple[bytes, str]:
    """Return a harmless copy of a PNG or an SVG and its media type. Raises :class:`NoLogo`."""
    if not data:
        raise NoLogo(_("Choose a file first."))
    if len(data) > LARGEST:
        raise NoLogo(_("The file is too large for a logo: at most %(size)s KB.", size=LARGEST // 1024))
    if data.startswith(PNG_BEGINS):
        return _clean_png(data), PNG
    return _clean_svg(data), SVG


def _clean_png(data: bytes) -> bytes:
    """Draw the picture anew: what else the file carries stays behind."""
    from PIL import Image, PngImagePlugin  # noqa: PLC0415 - a logo is taken once

    try:
        width, height = struct.unpack(">II", data[16:24])
        if not 0 < width * height <= MOST_PIXELS:
            raise NoLogo(
                _("The picture is too large: at most %(most)s million pixels.", most=MOST_PIXELS // 10**6)
            )
        PngImagePlugin.PngImageFile(io.BytesIO(data)).verify()  # whole, to its last chunk
        with PngImagePlugin.PngImageFile(io.BytesIO(data)) as file:
            picture = file.convert("RGBA")
    except (OSError, ValueError, SyntaxError, struct.error, EOFError) as error:
        raise error if isinstance(error, NoLogo) else NoLogo(_unusable()) from error
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()


def _clean_svg(data: bytes) -> bytes:
    """Filter the drawing, and look at the result once more: what is left must be drawn by itself alone."""
    import py_svg_hush  # noqa: PLC0415 - a logo is taken once

    _measure(data)
    try:
        cleaned: bytes = py_svg_hush.filter_svg(data)
        root = ElementTree.fromstring(cleaned)  # noqa: S314 - without entities, see _measure
    except (ValueError, ElementTree.ParseError) as error:
        raise NoLogo(_unusable()) from error
    if root.tag != f"{NAMESPACE}svg" or not _has_a_size(root):
        raise NoLogo(_unusable())
    for element in root.iter():
        _check(element)
    return cleaned


def _measure(data: bytes) -> None:
    """Refuse a drawing that could be read for ever: too deep, too long, or with entities of its own."""
    depth = count = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > DEEPEST or count > MOST_ELEMENTS:
            raise NoLogo(_("The drawing is too intricate for a logo. Save it as a PNG and choose that."))

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    def entity(*_declared: object) -> None:
        raise NoLogo(_refused("<!ENTITY>"))

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = begin, end, entity
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise error if isinstance(error, NoLogo) else NoLogo(_unusable()) from error


def _has_a_size(root: ElementTree.Element) -> bool:
    """Say whether a drawing says plainly how large it is; a printed document breaks on one that does not."""
    lengths = [root.attrib[name] for name in ("width", "height") if name in root.attrib]
    if not all(LENGTH.fullmatch(length) for length in lengths):
        return False
    if "viewBox" not in root.attrib:
        return len(lengths) == 2 and all(float(LENGTH.sub(r"\1", length)) > 0 for length in lengths)
    box = re.split(r"[\s,]+", root.attrib["viewBox"].strip())
    return len(box) == 4 and all(map(NUMBER.fullmatch, box)) and min(map(float, box[2:])) > 0


def _check(element: ElementTree.Element) -> None:
    name = element.tag.removeprefix(NAMESPACE)
    if name not in DRAWN:
        raise NoLogo(_refused(f"<{name}>"))
    if name == "style" and REACHES_OUT.search(element.text or ""):
        raise NoLogo(_refused("<style>"))
    for attribute, value in element.attrib.items():
        plain = attribute.rpartition("}")[2].lower()
        if (
            plain.startswith("on")
            or (plain == "href" and not value.startswith("#"))
            or REACHES_OUT.search(value)
        ):
            raise NoLogo(_refused(f"{plain}=…"))


def _unusable() -> str:
    return _("This is no PNG and no SVG that can be read. Save the logo anew as a PNG and choose that.")


def _refused(what: str) -> str:
    return _(
        "The drawing holds %(what)s, which a logo may not: it could take in something from elsewhere, "
        "or never end. Save it as a PNG and choose that.",
        what=what,
    )
