"""publish and its peers, run in turn: ``python benchmarks/run.py`` writes a table and a plot to ``build/bench``.

Runs are interleaved (every contender once, then again), so that what else the machine does falls on all of them; the
median of each counts, and ratios are those of CPU time unless ``--by wall``. Nothing is judged on either side.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import inputs
from measure import Sample, measure
from peers import CONTENDERS, PACKAGES, VIVLIOSTYLE, Contender, Ground, joined

_JOBS = {
    "essay": ("pdf", "warm", "epub"),
    "book": ("pdf", "changed", "unchanged", "epub", "check"),
    "short": ("pdf",),
    "middle": ("pdf", "changed"),
    "large": ("pdf", "changed"),
}
_WORLD = {"PYTHONDONTWRITEBYTECODE": ""}  # compiled once, as on any machine; the first round is not counted
_UNITS = {"cpu": "CPU s", "wall": "s"}


@dataclass
class Result:
    """What came of one contender: the samples of its runs."""

    contender: Contender
    samples: list[Sample] = field(default_factory=list)

    def median(self, what: str) -> float:
        """Give the median of ``wall``, ``cpu`` or ``memory``."""
        return statistics.median(getattr(sample, what) for sample in self.samples)

    @property
    def error(self) -> str:
        """Why a run failed, or an empty string."""
        return next((sample.error for sample in self.samples if sample.error), "")


def main() -> None:
    """Measure, and write ``build/bench/results.md`` and ``results.svg``."""
    given = _arguments()
    home = Path("build/bench").resolve()
    python, pandoc = _peers(home)
    pages: list[str] = []
    figures: dict[str, list[Result]] = {}
    for name in given.inputs:
        for job in _JOBS[name]:
            if given.jobs and job not in given.jobs:
                continue
            ground = _ground(home, name, job, python, pandoc)
            who = [c for c in CONTENDERS if c.job == job and _named(c.name, given.only)]
            results = _measured(who, ground, given.rounds, given.seconds)
            figures[f"{name}: {job}"] = results
            pages.append(_table(f"{name}: {job}", results, given.by))
            print(pages[-1], flush=True)
    (home / "results.md").write_text("\n".join(pages), "utf-8")
    (home / "results.svg").write_text(_plot(figures, given.by), "utf-8")
    print(f"{home / 'results.md'}\n{home / 'results.svg'}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="without the first, which does not count; 0: it alone")
    parser.add_argument("--inputs", nargs="*", default=["essay", "book"], choices=sorted(_JOBS))
    parser.add_argument("--jobs", nargs="*", default=[])
    parser.add_argument("--only", nargs="*", default=[], help="contenders whose names hold one of these")
    parser.add_argument("--by", default="cpu", choices=sorted(_UNITS))
    parser.add_argument("--seconds", type=float, default=900, help="after so many a run is given up")
    return parser.parse_args()


def _peers(home: Path) -> tuple[Path, str]:
    """Give the Python of the peers and their pandoc, installing what the registry has."""
    venv = home / "venv"
    python = venv / "bin/python"
    if not python.exists():
        home.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
        for package in PACKAGES:  # one by one: what cannot be had is done without
            done = subprocess.run([str(python), "-m", "pip", "install", "-q", package], check=False)
            print(f"{package}: {'installed' if done.returncode == 0 else 'cannot be had here'}", flush=True)
    if shutil.which("npm") and not (home / "node/node_modules").exists():
        (home / "node").mkdir(exist_ok=True)
        install = ["npm", "install", "--prefix", str(home / "node"), "--no-audit", "--no-fund", VIVLIOSTYLE]
        subprocess.run(install, env={**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"}, check=False)
    asked = "import pypandoc; print(pypandoc.get_pandoc_path())"
    done = subprocess.run([str(python), "-c", asked], capture_output=True, text=True, check=False)
    return python, done.stdout.strip() or "pandoc"


def _ground(home: Path, name: str, job: str, python: Path, pandoc: str) -> Ground:
    """Make an input, unless it is there. An EPUB is made without the page numbers of print, as pandoc makes it."""
    place = home / ("plain" if job == "epub" else "paged")
    root = place / name
    if not root.exists():
        inputs.write(place, name, inputs.SIZES[name])
        settings = root / "publication.yaml"
        if job == "epub":
            text = settings.read_text("utf-8").replace("trim: A5}", "trim: A5, pages: none}")
            settings.write_text(text, "utf-8")
    out = home / "out"
    out.mkdir(exist_ok=True)
    whole = out / f"{name}.md"
    whole.write_text(joined(root), "utf-8")
    return Ground(root, whole, out, python, pandoc)


def _named(name: str, only: Sequence[str]) -> bool:
    return not only or any(part in name for part in only)


def _measured(who: Sequence[Contender], ground: Ground, rounds: int, seconds: float) -> list[Result]:
    results = [Result(contender) for contender in who]
    for number in range(rounds + 1):
        for result in results:
            if result.contender.lacking or result.error:
                continue
            result.contender.before(ground)
            (ground.publication / "build").mkdir(exist_ok=True)
            one = result.contender
            sample = measure(one.command(ground), ground.out, _WORLD, seconds, told=one.told)
            if number or not rounds or sample.error:
                result.samples.append(sample)
    return results


def _table(title: str, results: Sequence[Result], by: str) -> str:
    """Give a table in Markdown; ratios are those of ``by`` to the first row."""
    lines = [f"## {title}", "", f"| | CPU s | wall s | memory MB | {by} ratio |", "|---|---:|---:|---:|---:|"]
    first = next((r for r in results if r.samples and not r.error), None)
    for result in results:
        if result.contender.lacking:
            lines.append(f"| {result.contender.name} | {result.contender.lacking} is not here | | | |")
        elif result.error:
            lines.append(f"| {result.contender.name} | failed: {result.error[:80]} | | | |")
        elif first:
            ratio = first.median(by) / result.median(by)
            cells = f"{result.median('cpu'):.2f} | {result.median('wall'):.2f} | {result.median('memory') / 1e6:.0f}"
            lines.append(f"| {result.contender.name} | {cells} | {ratio:.3f} |")
    return "\n".join(
        [*lines, "", f"The ratio is that of the first row to this one. Runs of each: {_runs(results)}.", ""]
    )


def _runs(results: Iterable[Result]) -> int:
    return max((len(result.samples) for result in results), default=0)


def _plot(figures: Mapping[str, Sequence[Result]], by: str) -> str:
    """Give bars as SVG, one group for each job; ours are dark."""
    rows: list[str] = []
    y = 10
    for title, results in figures.items():
        done = [result for result in results if result.samples and not result.error]
        longest = max((result.median(by) for result in done), default=1.0) or 1.0
        rows.append(f'<text x="10" y="{y + 14}" font-weight="bold">{escape(title)} ({_UNITS[by]})</text>')
        y += 22
        for result in done:
            value = result.median(by)
            fill = "#234" if result.contender.name.startswith("publish") else "#9ab"
            rows.append(f'<text x="10" y="{y + 13}">{escape(result.contender.name)}</text>')
            rows.append(f'<rect x="290" y="{y + 2}" width="{380 * value / longest:.1f}" height="13" fill="{fill}"/>')
            rows.append(f'<text x="{296 + 380 * value / longest:.1f}" y="{y + 13}">{value:.2f}</text>')
            y += 19
        y += 12
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="740" height="{y}" font-family="sans-serif" font-size="12">'
    return "\n".join([head, '<rect width="100%" height="100%" fill="white"/>', *rows, "</svg>\n"])


if __name__ == "__main__":
    if not shutil.which("sh") or not Path("/proc").exists():
        raise SystemExit("the memory of processes is read from /proc, which only Linux has")
    main()
