"""What publish makes of any folder of Markdown, in a table: run it by ``scripts/swallow DIR [--build [--fonts FOLDER]]``.

Each folder in DIR that holds Markdown is a manuscript (DIR itself, if Markdown lies in it directly). Nothing in it is
changed: a copy with a small publication.yaml is made in a temporary folder. For each manuscript are printed:

- whether reading or checking it crashes, and how long that took;
- headings, lists, items, nested lists, definition lists, blocks of code, tables, quotations, breaks, pictures and notes,
  counted by our reader and by markdown-it-py; where the counts differ, both, and each difference with its name and line;
- things in the tree that do not stand where they say, and Markdown that would be printed without a diagnostic;
- the words that the tree lacks of those that markdown-it-py reads; diagnostics, by rule;
- with --build: for the PDF and the EPUB the share of the words that they show, notes, and errors of their referees.

Ends with 1 when something crashes, differs without a name, stands elsewhere, leaks, or is lost.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from elements import KINDS, differences, ours, theirs, total
from leaks import leaks
from making import File, make
from standing import misplaced
from wording import missing_words

from publish.build.manuscript import Manuscript, examine
from publish.build.outcome import Request
from publish.diagnostics import Log

ENOUGH = 0.999
_SCRIPTS = {"ko": r"[\uac00-\ud7af]", "fa": r"[\u0600-\u06ff]", "ru": r"[\u0400-\u04ff]", "ja": r"[\u3040-\u30ff]"}
# Where the theme names its fonts.
_FAMILIES = {
    "html, h1, .subtitle, .contents .byline": "Source Serif 4",
    "h2, h3, h4, h5, h6, .credit, .note-call, .note-number": "Source Sans 3",
    "code, pre, kbd, samp": "Source Code Pro",
}


@dataclass
class Found:
    """What was found out about a manuscript."""

    name: str
    files: int = 0
    seconds: float = 0.0
    crash: str = ""
    ours: Counter[str] = field(default_factory=Counter)
    theirs: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    unnamed: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    leaked: list[str] = field(default_factory=list)
    missing: Counter[str] = field(default_factory=Counter)
    words: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    made: tuple[File, ...] = ()

    @property
    def kept(self) -> float:
        """The share of the words that markdown-it-py reads which are in the tree."""
        return 1 - self.missing.total() / max(1, self.words)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        books = all(made.words >= ENOUGH and not made.errors(f"{made.format}-valid") for made in self.made)
        notes = all(made.notes == self.ours["notes"] for made in self.made)
        return (
            not (self.crash or self.unnamed or self.elsewhere or self.leaked)
            and self.kept >= ENOUGH
            and books
            and notes
        )


def manuscripts(folder: Path) -> list[Path]:
    """Give the folders that are manuscripts."""
    if any(folder.glob("*.md")):
        return [folder]
    return sorted(one for one in folder.iterdir() if one.is_dir() and any(one.rglob("*.md")))


def prepared(folder: Path, place: Path, fonts: Path | None = None) -> Path:
    """Copy a manuscript to a place, and put a publication.yaml beside it, and fonts for what the theme's lack."""
    if fonts:
        _add_fonts(fonts, place / "styles")
    shutil.copytree(folder, place / "manuscript", symlinks=False)
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md"))
    text = "".join((folder / name).read_text(encoding="utf-8", errors="replace") for name in names)
    letters = max(1, sum(character.isalpha() for character in text))
    spoken = (tag for tag, script in _SCRIPTS.items() if len(re.findall(script, text)) > letters / 4)
    lines = [
        "title: Swallowed",
        f"lang: {next(spoken, 'en')}",
        "date: 2026",
        "contributors: [{name: Nobody, role: author}]",
    ]
    lines += ["body:", *(f'  - "{name}"' for name in names)]
    (place / "publication.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place


def _add_fonts(fonts: Path, styles: Path) -> None:
    """Name each font of a folder in the publication's own style sheet, behind the theme's."""
    files = sorted(path for path in fonts.iterdir() if path.suffix in (".otf", ".ttf"))
    (styles / "fonts").mkdir(parents=True)
    for file in files:
        shutil.copy(file, styles / "fonts")
    rules = [f'@font-face {{ font-family: "{f.stem}"; src: url("../fonts/{f.name}"); }}' for f in files]
    more = "".join(f', "{file.stem}"' for file in files)
    rules += [f'{selectors} {{ font-family: "{family}"{more}; }}' for selectors, family in _FAMILIES.items()]
    (styles / "local.css").write_text("\n".join(rules) + "\n", encoding="utf-8")


def swallow(folder: Path, *, build: bool, fonts: Path | None = None) -> Found:
    """Read a manuscript, compare, and make its files if asked to."""
    found = Found(folder.name)
    with tempfile.TemporaryDirectory(prefix="swallow-") as place:
        root = prepared(folder, Path(place), fonts)
        log = Log()
        begun = time.process_time()
        try:
            manuscript = examine(root, log)
            found.seconds = time.process_time() - begun
            found.rules.update(d.rule.name for d in log)
            if manuscript is None:
                found.crash = "cannot be read: " + "; ".join(d.message for d in log)
                return found
            _compare(manuscript, log, found)
            if build:
                found.made = make(manuscript, log, Request(root))
        except Exception:  # noqa: BLE001 - a crash is what is looked for
            found.crash = traceback.format_exc(limit=-3)
    return found


def _compare(manuscript: Manuscript, log: Log, found: Found) -> None:
    sources = {division.source.name: division for division in manuscript.project.divisions}
    found.files = len(sources)
    for division in manuscript.publication.divisions:
        if division.span is None:
            continue
        source, body = division.span.source, sources[division.span.source.name].body
        mine = ours(division, source, body)
        other = theirs(source.text[body:], source.text.count("\n", 0, body) + 1)
        found.ours += total(mine)
        found.theirs += total(other)
        for name, kind, line, more in differences(mine, other, source):
            found.named[name] += bool(name)
            found.unnamed += [] if name else [f"{source.name}:{line}: {kind} {more:+}"]
        # What publish made of the rest of the book, nobody wrote.
        found.elsewhere += [told for told in misplaced(division) if not told.endswith("stands nowhere")]
        words, missing = missing_words(division, source.text[body:])
        found.words += words
        found.missing += missing
    found.leaked += [f"{span}: {span.text[:40]!r}" for span in leaks(manuscript.publication, log)]


# --- the table ------------------------------------------------------------------------------------------------------


def table(all_found: list[Found]) -> str:
    """Give the counts of every manuscript as a table in Markdown."""
    heads = ["manuscript", "files", *KINDS, "words kept", "leaks", "elsewhere", "crash"]
    rows = [heads, ["---"] * len(heads)]
    for one in all_found:
        counts = [_both(one.ours[kind], one.theirs[kind]) for kind in KINDS]
        kept = [f"{100 * one.kept:.3f} % of {one.words}", str(len(one.leaked)), str(len(one.elsewhere))]
        rows.append([one.name, str(one.files), *counts, *kept, "CRASH" if one.crash else "no"])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def books(all_found: list[Found]) -> str:
    """Give what became of every file as a table in Markdown."""
    heads = ["manuscript", "file", "pages", "words shown", "notes in", "out", "linked", "invalid", "other errors"]
    rows = [heads, ["---"] * len(heads)]
    for one in all_found:
        for made in one.made:
            linked = str(made.linked) if made.format == "epub" else ""
            valid = made.errors(f"{made.format}-valid")
            other = sum(d.severity == "error" for d in made.diagnostics) - valid
            shown = f"{100 * made.words:.3f} %" if made.size else "not made"
            counts = [str(one.ours["notes"]), str(made.notes), linked, str(valid), str(other)]
            rows.append([one.name, made.format, str(made.pages or ""), shown, *counts])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _both(mine: int, other: int) -> str:
    return str(mine) if mine == other else f"**{mine}/{other}**"


def details(one: Found) -> list[str]:
    """Say what the table has no room for."""
    lines = [f"\n## {one.name} ({one.seconds:.1f} s to read and check)", ""]
    lines += [f"    {line}" for line in one.crash.splitlines()]
    lines += ["- diagnostics: " + (", ".join(f"{rule} {n}" for rule, n in one.rules.most_common()) or "none")]
    lines += [f"- intended difference “{name}”: {count} times" for name, count in one.named.most_common() if name]
    lines += [f"- not seen alike: {told}" for told in one.unnamed[:20]]
    lines += [f"- elsewhere: {told}" for told in one.elsewhere[:20]]
    lines += [f"- leaked: {told}" for told in one.leaked[:20]]
    if one.missing:
        lines += ["- not in the tree: " + ", ".join(f"{word} ({n})" for word, n in one.missing.most_common(20))]
    for made in one.made:
        lines += (
            [f"- not in the {made.format}: " + ", ".join(f"{w} ({n})" for w, n in made.lost[:20])] if made.lost else []
        )
        lines += [f"- {made.format}: {d.place} {d.rule.name}: {d.message[:300]}" for d in made.diagnostics[:10]]
    return lines


def main() -> int:
    """Swallow the manuscripts of a folder, one after another, and print what was found."""
    parser = argparse.ArgumentParser(
        prog="scripts/swallow", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="a folder of Markdown, or of folders of Markdown")
    parser.add_argument("--build", action="store_true", help="make PDF and EPUB of each as well")
    parser.add_argument("--fonts", type=Path, help="a folder of fonts for the characters that the theme's lack")
    given = parser.parse_args()
    all_found = []
    for folder in manuscripts(given.folder):
        print(f"{folder.name} ...", file=sys.stderr, flush=True)
        all_found.append(swallow(folder, build=given.build, fonts=given.fonts))
    print(table(all_found))
    if given.build:
        print("", books(all_found), sep="\n")
    for one in all_found:
        print("\n".join(details(one)))
    return 0 if all(one.sound for one in all_found) else 1


if __name__ == "__main__":
    sys.exit(main())
