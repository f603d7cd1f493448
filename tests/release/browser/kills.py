"""Kill ``publish release`` at ten random moments: the catalogue is the old one or the new one, and is sound.

Usage: kills.py FOLDER, a folder that does not exist yet.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from catalogues import essay, state

from publish.diagnostics import Log
from publish.release import verify

MOMENTS = 10


def command(folder: Path, version: str) -> list[str]:
    """Give the command that releases the essay."""
    options = ["--no-referee", "--url", "https://books.example.org/", "--notes", "Again.", "--quiet"]
    arguments = [version, str(folder / "essay"), "-o", str(folder / "dist"), *options]
    return [sys.executable, "-m", "publish", "release", *arguments]


def change(folder: Path, turn: int) -> None:
    """Give the essay a sentence more."""
    file = folder / "essay" / "manuscript" / "essay.md"
    file.write_text(f"{file.read_text(encoding='utf-8')}\nSentence {turn}.\n", encoding="utf-8")


def main(folder: Path) -> int:
    """Kill, judge, and kill again; give 1 when a catalogue was neither the old one nor the new one."""
    essay(folder / "essay")
    begun = time.monotonic()
    subprocess.run(command(folder, "1.0.0"), check=True)
    change(folder, 0)
    begun = time.monotonic()
    subprocess.run(command(folder, "1.0.1"), check=True)
    lasts, chance, faults, new = time.monotonic() - begun, random.Random(11), 0, 0
    for turn in range(1, MOMENTS + 1):
        change(folder, turn)
        before = state(folder / "dist")
        version = f"1.{turn}.0"
        maker = subprocess.Popen(command(folder, version))
        # Half of them in the last tenth of its time, when it writes.
        time.sleep(lasts * (chance.uniform(0, 1) if turn % 2 else chance.uniform(0.85, 1)))
        maker.send_signal(signal.SIGKILL)
        maker.wait()
        log = Log()
        verify(folder / "dist", log)
        is_new = (folder / "dist" / "a-short-essay" / f"v{version}").is_dir()
        new += is_new
        if len(log) or (not is_new and state(folder / "dist") != before):
            faults += 1
            print(f"moment {turn}: {'; '.join(d.message for d in log) or 'parts of two releases'}", file=sys.stderr)
    subprocess.run(command(folder, "2.0.0"), check=True)
    log = Log()
    verify(folder / "dist", log)
    left = sorted(path.name for path in folder.iterdir())
    faults += len(log) + (left != ["dist", "essay"])
    print(f"killed at {MOMENTS} moments: {MOMENTS - new} times the old catalogue, {new} times the new: {faults} faults")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
