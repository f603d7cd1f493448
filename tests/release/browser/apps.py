"""Compare what a reading app made of a catalogue with what was released: apps.py DIST < what catalogue.mjs said."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from publish.release import codec


def main(dist: Path) -> int:
    """Print what differs; give 1 if anything does."""
    seen = json.load(sys.stdin)
    records = [codec.read(path.read_bytes()) for path in sorted(dist.glob("*/release.json"))]
    wanted = {
        (
            f"{r.metadata.title}: {r.metadata.subtitle}" if r.metadata.subtitle else r.metadata.title,
            tuple(person.name for person in r.metadata.by_role("aut") or r.metadata.by_role("edt")),
            r.metadata.language,
            2,
            tuple((r.at(book.name), book.media_type) for book in r.books),
        )
        for r in records
    }
    found = {
        (
            one["title"],
            tuple(one["authors"]),
            one["language"],
            one["images"],
            tuple((file["href"], file["type"]) for file in one["files"]),
        )
        for one in seen["publications"]
    }
    faults = [f"the reading app does not see {one}" for one in wanted - found]
    faults += [f"the reading app sees {one}" for one in found - wanted]
    faults += [] if seen["isCatalogue"] else ["the reading app takes the link for no catalogue"]
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"foliate-js reads {len(found)} publications of the catalogue: {len(faults)} faults")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
