"""How many files can be imported, and how large they may be, whichever way they come."""

from __future__ import annotations

MEGABYTE = 1024 * 1024

MOST_FILES = 20_000
"""Answers files in one import."""

MOST_AT_ONCE = 300
"""Answers files that are stored in one transaction, all or none, while somebody waits for the page."""

LARGEST_FILE = 8 * MEGABYTE
"""Bytes in one answers file or decision paper. The largest that Overvej writes has about a megabyte."""

LARGEST_ZIP = 100 * MEGABYTE
LARGEST_BACKUP = 1024 * MEGABYTE
LARGEST_UNPACKED = 1024 * MEGABYTE
"""Bytes. Ten thousand answers files with notes take about 50 MB."""
