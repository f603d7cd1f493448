"""How long reading and checking takes against markdown-it-py with the same features: CPU seconds, medians.

``python benchmarks/reading.py FOLDER [--rounds 5]`` takes any folder of Markdown. The two take turns in one process, so
that whatever else the machine does slows both. markdown-it-py parses and renders HTML; we read, look at pictures and
check everything that ``publish check`` checks.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "fidelity"))

from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.tasklists import tasklists_plugin
from swallow import prepared

from publish.build.pipeline import examine
from publish.diagnostics import Log
from publish.document import DIV_KINDS


def peer() -> MarkdownIt:
    """Give markdown-it-py with what of our dialect it has plugins for."""
    markdown = MarkdownIt("commonmark", {"html": True, "linkify": True, "typographer": True})
    markdown.enable(["table", "strikethrough", "linkify", "replacements", "smartquotes"])
    for plugin in (
        footnote_plugin,
        deflist_plugin,
        front_matter_plugin,
        dollarmath_plugin,
        attrs_plugin,
        tasklists_plugin,
    ):
        markdown.use(plugin)
    for kind in DIV_KINDS:
        markdown.use(container_plugin, kind)
    return markdown


def ours(root: Path) -> None:
    """Do what ``publish check`` does."""
    assert examine(root, Log()) is not None


def seconds(work: Callable[[], object]) -> float:
    """Give the CPU seconds that something takes."""
    gc.collect()
    begun = time.process_time()
    work()
    return time.process_time() - begun


def main() -> int:
    """Print both medians and how many times the one is the other; end with 1 when it is more than three times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        root = prepared(given.folder, Path(place))
        texts = [path.read_text(encoding="utf-8") for path in sorted((root / "manuscript").rglob("*.md"))]
        markdown = peer()
        mine, theirs = [], []
        for _ in range(given.rounds):
            theirs.append(seconds(lambda: [markdown.render(text) for text in texts]))
            mine.append(seconds(lambda: ours(root)))
    times = median(mine) / median(theirs)
    print(f"{given.folder.name}: {len(texts)} files, {sum(map(len, texts)) / 1e6:.2f} million characters")
    print(f"markdown-it-py {median(theirs):.2f} s, publish {median(mine):.2f} s: {times:.2f} times as long")
    return 0 if times <= 3 else 1


if __name__ == "__main__":
    sys.exit(main())
