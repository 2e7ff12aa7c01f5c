"""Where content and fonts are: beside the code in an installed package, else at the checkout's top."""

from pathlib import Path

APP = Path(__file__).resolve().parent
CHECKOUT = APP.parent
SHIPPED = APP / "_shipped"


def questionnaires_folder() -> Path:
    return content_folder("questionnaires")


def reports_folder() -> Path:
    return content_folder("reports")


def fonts_folder() -> Path:
    """OvervejSans-{Regular,Italic,SemiBold,Bold}.ttf for print, OvervejSans{,-Italic}.woff2 for the web."""
    return APP / "static" / "fonts"


def content_folder(name: str) -> Path:
    shipped = SHIPPED / name
    return shipped if shipped.is_dir() else CHECKOUT / name
