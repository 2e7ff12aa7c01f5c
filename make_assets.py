"""Makes what is built rather than written: the fonts, and the compiled translations.

The build hook calls this for every build, and `dev` again when a translation was edited or a font is gone.
The module itself needs the standard library only, so that `dev` can ask `stale` with any Python.
"""

from __future__ import annotations

import gc
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent
FONTS = ROOT / "app" / "static" / "fonts"
TRANSLATIONS = ROOT / "app" / "translations"
STAMP = FONTS / "made-from.txt"
LICENCE = FONTS / "OFL.txt"

# Source Sans 3 has the reserved name "Source": its licence wants another name for a changed font, and taking
# one weight or fewer characters out of it is a change.
FAMILY = "Overvej Sans"
FILE_NAME = FAMILY.replace(" ", "")


class Style(NamedTuple):
    name: str
    weight: int
    italic: bool = False


# The four faces WeasyPrint prints with. Static, because a variable font costs it 50 to 100 ms per document.
PRINT_STYLES = (
    Style("Regular", 400),
    Style("Italic", 400, italic=True),
    Style("SemiBold", 600),
    Style("Bold", 700),
)
# Browsers handle variable fonts well, and one file for all weights is fewer bytes than two static ones.
WEB_WEIGHTS = (400, 700)

# ASCII, Latin-1, Latin Extended-A, general punctuation and currency; the rest is what the pages draw with.
WEB_RANGES = ((0x20, 0x7E), (0xA0, 0xFF), (0x100, 0x17F), (0x2000, 0x206F), (0x20AC, 0x20AC))
WEB_SYMBOLS = "☐☑☒✓✔✕✗■□▲△▶▼▽◀◆◇●○◐◑→←↑↓↔−×·½⅓⅔¼¾≤≥≈"
FEATURES = ("calt", "case", "ccmp", "frac", "kern", "liga", "lnum", "locl", "mark", "mkmk", "pnum", "tnum")


def make() -> None:
    if not fonts_are_made():
        make_fonts()
    for source in stale_translations():
        compile_translation(source)


def stale() -> bool:
    """Whether `make` has something to do. Cheap: a few calls to stat."""
    return not fonts_are_made() or any(stale_translations())


# Fonts


def font_files() -> list[Path]:
    return [*map(print_file, PRINT_STYLES), web_file(italic=False), web_file(italic=True)]


def print_file(style: Style) -> Path:
    return FONTS / f"{FILE_NAME}-{style.name}.ttf"


def web_file(italic: bool) -> Path:
    return FONTS / (f"{FILE_NAME}-Italic.woff2" if italic else f"{FILE_NAME}.woff2")


def recipe() -> str:
    """What the stamp says: an edit of this file makes the fonts anew (pyproject.toml pins their source)."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def fonts_are_made() -> bool:
    if not STAMP.is_file() or STAMP.read_text(encoding="utf-8") != recipe():
        return False
    return all(file.is_file() for file in [*font_files(), LICENCE])


def make_fonts() -> None:
    FONTS.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        # list() waits for all and raises what one of them raised.
        list(pool.map(make_in_own_process, [file.name for file in font_files()]))
    replace(LICENCE, (source_folder() / "LICENSE").read_bytes())
    replace(STAMP, recipe().encode())


def make_in_own_process(name: str) -> None:
    """Each face takes seconds of pure Python: side by side they take half the time on two cores."""
    subprocess.run([sys.executable, __file__, name], check=True)


def make_font(name: str) -> None:
    # All of a font's 100,000 objects live to the end: looking for garbage takes three quarters of the time.
    gc.disable()
    for style in PRINT_STYLES:
        if name == print_file(style).name:
            save(print_font(style), print_file(style))
    for italic in (False, True):
        if name == web_file(italic).name:
            save(web_font(italic), web_file(italic), flavor="woff2")


def source_folder() -> Path:
    import fontpkg_source_sans_3

    return Path(fontpkg_source_sans_3.ROOT)


def source_font(italic: bool) -> TTFont:
    from fontTools.ttLib import TTFont

    name = "SourceSans3-Italic[wght].ttf" if italic else "SourceSans3[wght].ttf"
    # The source's own time stamp is kept, else every build gives other bytes.
    return TTFont(source_folder() / "files" / name, recalcTimestamp=False)


def print_font(style: Style) -> TTFont:
    """One weight, with every character of the source: notes may hold any name."""
    font = source_font(style.italic)
    subset(font, set(font.getBestCmap()), kerning=False)
    font = narrowed(font, style.weight)
    # Only Latin letters are kerned: the tables for Greek and Cyrillic would double the time this takes.
    font["GPOS"] = latin_font(style.italic, style.weight)["GPOS"]
    del font["STAT"]
    mark_style(font, style)
    rename(font, style)
    return font


def web_font(italic: bool) -> TTFont:
    """All the weights the pages use, with the characters of European languages and our symbols."""
    font = latin_font(italic, WEB_WEIGHTS)
    rename(font, Style("Italic" if italic else "Regular", WEB_WEIGHTS[0], italic))
    return font


def latin_font(italic: bool, weight: int | tuple[int, int]) -> TTFont:
    font = source_font(italic)
    subset(font, web_characters())
    return narrowed(font, weight)


def narrowed(font: TTFont, weight: int | tuple[int, int]) -> TTFont:
    from fontTools.varLib import instancer

    return instancer.instantiateVariableFont(font, {"wght": weight})


def subset(font: TTFont, characters: set[int], kerning: bool = True) -> None:
    from fontTools.subset import Options, Subsetter

    options = Options(hinting=False, name_IDs=["*"], drop_tables=["DSIG"])
    options.layout_features = [feature for feature in FEATURES if kerning or feature != "kern"]
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def web_characters() -> set[int]:
    ranged = {code for first, last in WEB_RANGES for code in range(first, last + 1)}
    return ranged | {ord(symbol) for symbol in WEB_SYMBOLS}


def mark_style(font: TTFont, style: Style) -> None:
    """Says in the two places where programs look whether this is the regular, the italic or the bold face."""
    bold = style.weight >= 700
    regular = style.weight == 400 and not style.italic
    kept = font["OS/2"].fsSelection & ~0b0110_0001
    font["OS/2"].fsSelection = kept | style.italic | bold << 5 | regular << 6
    font["OS/2"].usWeightClass = style.weight
    font["head"].macStyle = bold | style.italic << 1


def rename(font: TTFont, style: Style) -> None:
    """Our name for the family, with the copyright and the licence of the source kept."""
    names = font["name"]
    names.names = [record for record in names.names if (record.platformID, record.langID) == (3, 0x409)]
    version = names.getDebugName(5)
    own = {
        1: FAMILY if style.name != "SemiBold" else f"{FAMILY} {style.name}",
        2: style.name if style.name != "SemiBold" else "Regular",
        3: f"{FILE_NAME}-{style.name};{version}",
        4: f"{FAMILY} {style.name}",
        6: f"{FILE_NAME}-{style.name}",
        16: FAMILY,
        17: style.name,
        25: FILE_NAME,
    }
    for name_id, text in own.items():
        names.setName(text, name_id, 3, 1, 0x409)
    names.removeUnusedNames(font)


def save(font: TTFont, target: Path, flavor: str | None = None) -> None:
    font.flavor = flavor
    temporary = beside(target)
    font.save(temporary)
    temporary.replace(target)


# Translations


def stale_translations(folder: Path = TRANSLATIONS) -> Iterator[Path]:
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.is_file() or compiled.stat().st_mtime < source.stat().st_mtime:
            yield source


def compile_translation(source: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalog = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
    temporary = beside(source.with_suffix(".mo"))
    with temporary.open("wb") as file:
        write_mo(file, catalog)
    temporary.replace(source.with_suffix(".mo"))


# Files


def beside(target: Path) -> Path:
    """A name for writing first: a server that reads while we build never sees half a file."""
    return target.with_name(f".{target.name}.{os.getpid()}")


def replace(target: Path, content: bytes) -> None:
    temporary = beside(target)
    temporary.write_bytes(content)
    temporary.replace(target)


def missing_characters(wanted: Iterable[str], italic: bool = False) -> set[str]:
    """Which characters the source font does not have: those must be drawn, not written."""
    known = source_font(italic).getBestCmap()
    return {character for character in wanted if ord(character) not in known}


if __name__ == "__main__":
    if sys.argv[1:]:
        make_font(sys.argv[1])
    else:
        make()
