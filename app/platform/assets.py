"""Styles, scripts and fonts under an address with their version, so that browsers may keep them for good.

The version is part of the path, not a query: what a style sheet or a module refers to by a relative
address comes from the same version.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask, Response, current_app, send_from_directory, url_for

from app.platform.compression import compress_file

FOLDER = Path(__file__).parent.parent / "static"
SERVED = frozenset({".css", ".js", ".woff2", ".svg", ".txt"})
FOR_GOOD = "public, max-age=31536000, immutable"


def serve_assets(app: Flask) -> None:
    """Add the address of the files and ``asset()`` for templates."""
    version = _version()

    @app.get("/static/<version>/<path:name>", endpoint="asset")
    def serve(version: str, name: str) -> Response:
        response = compress_file(send_from_directory(FOLDER, name), FOLDER / name)
        current = version == app.config["ASSETS_VERSION"]
        response.headers["Cache-Control"] = FOR_GOOD if current else "no-cache"
        return response

    @app.get("/favicon.ico")
    def favicon() -> Response:
        return send_from_directory(FOLDER, "mark.svg")

    app.config["ASSETS_VERSION"] = version
    app.jinja_env.globals["asset"] = asset


def asset(name: str) -> str:
    """Return the address of a file under ``static/``."""
    return url_for("asset", version=_current_version(), name=name)


def _current_version() -> str:
    return str(current_app.config["ASSETS_VERSION"])


def _version() -> str:
    """Return a hash of every file that is served, names and contents."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file() and path.suffix in SERVED:
            digest.update(path.relative_to(FOLDER).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
