"""python verdict.py book.epub: Ace's verdict on an EPUB; exits with 1 if it finds a violation or cannot be asked."""

from __future__ import annotations

import sys
from pathlib import Path

from publish.diagnostics import Log
from publish.formats.epub import ace, archive


def main(book: Path) -> int:
    """Ask, print, and give the exit code."""
    if not ace.find_ace():
        print("Ace is not installed.")
        return 1
    log = Log()
    data = book.read_bytes()
    ace.ask(data, archive.read(data), log)
    for found in log:
        print(f"{found.file}: {found.message}")
    print(f"Ace: {len(log) or 'no'} violation{'' if len(log) == 1 else 's'}.")
    return 1 if len(log) else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
