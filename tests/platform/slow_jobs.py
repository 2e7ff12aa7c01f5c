"""A server, and the process beside it, that know one more kind of job: one that takes its time.

    python -m tests.platform.slow_jobs serve …     python -m tests.platform.slow_jobs

Each piece of the work is a line in the file that the job names, so that a test can see who did what.
"""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

from app.cli import jobs_process, main, worker
from app.platform import running
from app.platform.jobs import Product, register

PIECES = 20


def count(parameters, language, progress):
    for piece in range(PIECES):
        progress(piece, PIECES)
        with Path(parameters["file"]).open("a") as file:
            file.write(f"{os.getpid()}\n")
        time.sleep(parameters["seconds"] / PIECES)
    return Product("counted.txt", "text/plain", str(PIECES).encode())


if __name__ == "__main__":
    register("slow", count)
    running.SILENT = timedelta(seconds=3)
    worker.SWEEPS = 0.5
    jobs_process.PROGRAM = "tests.platform.slow_jobs"
    if len(sys.argv) > 1:
        sys.exit(main(sys.argv[1:]))
    worker.main()
