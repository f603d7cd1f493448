"""Who is measured, and on what: each contender gives the command for one job on one generated publication.

Peers are installed into ``build/bench/venv`` by ``run.py`` or found on the PATH; who cannot be had is
named, not measured.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGES = ("weasyprint==70.0", "markdown", "plutoprint", "typst", "pypandoc_binary", "sphinx", "myst-parser")
VIVLIOSTYLE = "@vivliostyle/cli"
HERE = Path(__file__).parent
_TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], root='/')"
_PLUTO = """import sys, plutoprint
book = plutoprint.Book(plutoprint.PAGE_SIZE_A5)
book.load_url(sys.argv[1])
book.write_to_pdf(sys.argv[2])"""


@dataclass(frozen=True)
class Ground:
    """Where a job is done: the ``publication``, the same in one ``whole`` file, ``out`` for files, and the peers."""

    publication: Path
    whole: Path
    out: Path
    python: Path
    pandoc: str


@dataclass(frozen=True)
class Contender:
    """Somebody who can do a job. ``before`` is done before each run and is not measured; ``needs`` is on the PATH, or a
    file in ``build/bench``; one that has ``told`` measures itself.
    """

    name: str
    job: str
    command: Callable[[Ground], list[str]]
    before: Callable[[Ground], None] = lambda ground: None
    needs: str = ""
    told: bool = False

    @property
    def lacking(self) -> str:
        """The program that is not there, or an empty string."""
        there = not self.needs or shutil.which(self.needs) or (Path("build/bench") / self.needs).exists()
        return "" if there else self.needs


def _forget(ground: Ground) -> None:
    shutil.rmtree(ground.publication / "build", ignore_errors=True)


def _change(ground: Ground) -> None:
    """Put another word at the beginning of a paragraph in the middle of the book."""
    files = sorted((ground.publication / "manuscript").glob("*.md"))
    file = files[len(files) // 2]
    text = file.read_text("utf-8")
    found = re.search(r"^Word(\d+) ", text, re.MULTILINE)
    if found:
        text = text.replace(found[0], f"Word{int(found[1]) + 1} ", 1)
    else:
        head, _, rest = text.partition("\n---\n\n")
        text = f"{head}\n---\n\nWord1 {rest.lstrip()}"
    file.write_text(text, "utf-8")


def _ours(form: str, *more: str) -> Callable[[Ground], list[str]]:
    script = str(HERE / "unjudged.py")
    return lambda g: [sys.executable, script, form, str(g.publication), str(g.publication / f"build/x.{form}"), *more]


def _pandoc(*options: str, suffix: str) -> Callable[[Ground], list[str]]:
    return lambda g: [g.pandoc, str(g.whole), "--standalone", "-o", str(g.out / f"pandoc{suffix}"), *options]


def _shell(*lines: str) -> Callable[[Ground], list[str]]:
    def command(g: Ground) -> list[str]:
        places = {"pandoc": g.pandoc, "python": g.python, "whole": g.whole, "out": g.out, "css": HERE / "book.css"}
        places["node"] = g.out.parent / "node/node_modules/.bin"
        quoted = {name: f"'{place}'" for name, place in places.items()}
        return ["sh", "-ec", "\n".join(lines).format(**quoted), "", _TYPST, _PLUTO]

    return command


_HTML = "{pandoc} {whole} --standalone --toc --toc-depth=2 --css {css} -t html5 -o {out}/pandoc.html"
CONTENDERS = (
    Contender("publish, cold", "pdf", _ours("pdf"), _forget),
    Contender("publish, cold, with its own proofs", "pdf", _ours("pdf", "--judged"), _forget),
    Contender(
        "Python-Markdown + WeasyPrint, straight",
        "pdf",
        lambda g: [str(g.python), str(HERE / "straight.py"), str(g.whole), str(g.out / "straight.pdf")],
    ),
    Contender("pandoc + WeasyPrint", "pdf", _shell(_HTML, "{python} -m weasyprint {out}/pandoc.html {out}/pw.pdf")),
    Contender(
        "pandoc + Typst",
        "pdf",
        _shell(
            "{pandoc} {whole} -s --toc -t typst -V papersize=a5 -o {whole}.typ",
            '{python} -c "$1" {whole}.typ {out}/typst.pdf',
        ),
    ),
    Contender("pandoc + XeLaTeX", "pdf", _pandoc("--toc", "--pdf-engine=xelatex", suffix="-xe.pdf"), needs="xelatex"),
    Contender(
        "pandoc + LuaLaTeX", "pdf", _pandoc("--toc", "--pdf-engine=lualatex", suffix="-lu.pdf"), needs="lualatex"
    ),
    Contender(
        "PlutoPrint (no notes at the foot, no tags)",
        "pdf",
        _shell(_HTML, '{python} -c "$2" {out}/pandoc.html {out}/pl.pdf'),
    ),
    Contender(
        "Chromium (no notes at the foot)",
        "pdf",
        _shell(_HTML, "chromium --headless --no-sandbox --disable-gpu --print-to-pdf={out}/ch.pdf {out}/pandoc.html"),
        needs="chromium",
    ),
    Contender(
        "pandoc + asciidoctor-pdf (notes at the end, no tags)",
        "pdf",
        _shell("{pandoc} {whole} -s -t asciidoc -o {whole}.adoc", "asciidoctor-pdf -o {out}/ad.pdf {whole}.adoc"),
        needs="asciidoctor-pdf",
    ),
    Contender(
        "pandoc + Vivliostyle",
        "pdf",
        _shell(
            _HTML,
            "{node}/vivliostyle build {out}/pandoc.html -o {out}/vs.pdf --executable-browser $(command -v chromium)",
        ),
        needs="node/node_modules/.bin/vivliostyle",
    ),
    Contender(
        "publish, the layout process waiting (by its own clock)",
        "warm",
        lambda g: [sys.executable, str(HERE / "warm.py"), str(g.publication), "3"],
        told=True,
    ),
    Contender(
        "Python-Markdown + WeasyPrint, straight",
        "warm",
        lambda g: [str(g.python), str(HERE / "straight.py"), str(g.whole), str(g.out / "straight.pdf")],
    ),
    Contender("publish, a word changed", "changed", _ours("pdf"), _change),
    Contender("publish, nothing changed", "unchanged", _ours("pdf")),
    Contender("publish", "epub", _ours("epub"), _forget),
    Contender("pandoc", "epub", _pandoc("--toc", suffix=".epub")),
    Contender(
        "Sphinx with MyST",
        "epub",
        _shell(
            "rm -rf {out}/sphinx && mkdir -p {out}/sphinx/in",
            "cp {whole} {out}/sphinx/in/index.md",
            'printf \'extensions = ["myst_parser"]\\nproject = "B"\\nversion = "1"\\n\' >{out}/sphinx/in/conf.py',
            "{python} -m sphinx -q -b epub {out}/sphinx/in {out}/sphinx/out 2>/dev/null",
        ),
    ),
    Contender("publish check", "check", lambda g: [sys.executable, "-m", "publish", "check", "-q", str(g.publication)]),
    Contender("pandoc to HTML", "check", _pandoc("-t", "html5", suffix=".html")),
)


def joined(publication: Path) -> str:
    """Give a generated publication as one Markdown file, as the peers read it."""
    chapters = "\n\n".join(_chapters(publication / "manuscript"))
    return f"---\ntitle: A Generated Book\nauthor: A Machine\ndate: 2024-05-01\nlang: en-GB\n---\n\n{chapters}\n"


def _chapters(manuscript: Path) -> Iterator[str]:
    for file in sorted(manuscript.glob("*.md")):
        head, _, body = file.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
        title = next(line.removeprefix("title: ") for line in head.splitlines() if line.startswith("title: "))
        body = re.sub(r"\((chapter-\d+)\.md\)", r"(#\1)", body).replace("](images/", f"]({manuscript}/images/")
        yield f"# {title} {{#{file.stem}}}\n{body}"
