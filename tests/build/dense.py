"""A publication in which every kind of block stands inside every other that can hold it, made up from two tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PIL import Image

SETTINGS = """title: Everything in everything
author: An Author
date: 2016-03-02
lang: en
style: {{theme: {theme}}}
formats: [pdf]
"""

CONTENT = {
    "paragraph": "Words, *more* words, `code`, H~2~O, [a place](https://example.org/{n}), a formula $a^2$ and a call.^[A note.]",
    "list": "- one\n- two\n\n    1. in it\n    2. and again",
    "loose list": "- one\n\n- two\n\n    more of it",
    "tasks": "- [x] done\n- [ ] not done",
    "definitions": "Term {n}\n:   Its meaning.\n\n:   Another.",
    "table": "| A | B |\n|---|--:|\n| one | 2 |\n| two | 3 |\n: A table {n}",
    "html table": '<table>\n<tr><th scope="col">A</th><th colspan="2">B</th></tr>\n'
    '<tr><th rowspan="2" scope="row">one</th><td>2</td><td>3</td></tr>\n<tr><td>4</td><td>5</td></tr>\n</table>',
    "figure": '![A port, *drawn*.](port.png){{alt="A grey port" credit="Drawing: Nobody" width=20%}}',
    "plain figure": '![](port.png){{alt="A grey port without a caption" width=20%}}',
    "decoration": '![](port.png){{alt="" width=10%}}',
    "picture in a line": "A bell ![a small bell](port.png) rings.",
    "code": "```python\nx = {n}  # a comment\n```",
    "formula": "$$\nx^2 + y^2 = z^{{ {n} }}\n$$",
    "quotation": "> A quotation.\n>\n> > And one in it.",
    "verse": "::: verse\nOne line,\n    another line\n:::",
    "lines": "| One line,\n|     another line",
    "break": "Before.\n\n***\n\nAfter.",
    "pull quote": "::: pullquote\nWords of the text.\n:::",
    "callout": "::: tip\nA tip.\n:::",
    "letter": "::: letter\nDear reader,\n\nthis is a letter.\n:::",
    "aside": "::: aside\nA remark.\n:::",
    "details": "<details>\n<summary>More</summary>\n\nIt is here.\n</details>",
}

FEW = ("paragraph", "list", "table", "figure")  # what stands in blocks that are not for everything


def holders(number: int) -> dict[str, str]:
    """Give how each kind of block begins its lines, or ``begin|end`` where it stands around what it holds."""
    fence = "::::: "
    kinds = ("aside", "epigraph", "note", "pullquote", "signature", "landscape")
    return {
        "a quotation": "> ",
        "a list": "-   ",
        "numbers": "7.  ",
        "a definition": f"Holder {number}\n:   ",
        "a note": f"A call.[^n{number}]\n\n[^n{number}]: ",
        "details": "<details>\n<summary>Held</summary>\n\n|\n</details>",
        **{kind: f"{fence}{kind}\n|\n:::::" for kind in kinds},
    }


def essays() -> Iterator[str]:
    """Give an essay for each kind that holds, with every kind of content in it."""
    number = 0
    for holder in holders(0):
        blocks = [f"---\ntitle: In {holder}\n---"]
        for kind, content in CONTENT.items():
            number += 1
            text = content.format(n=number)
            if kind not in FEW and holder in ("pullquote", "signature", "landscape"):
                continue
            heading = f"## In {holder}\n\n" if kind == "paragraph" else ""
            blocks.append(f"{heading}{kind.capitalize()}.\n\n{held(holders(number)[holder], text)}")
        yield "\n\n".join(blocks) + "\n"


def held(holder: str, text: str) -> str:
    """Put a text into a block."""
    begin, around, end = holder.partition("|")
    if around:
        return f"{begin}{text}\n{end.strip()}"
    if begin == "> ":
        return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
    inner = text.replace("\n", "\n    ")
    return f"{begin}Words first.\n\n    {inner}" if begin.endswith("]: ") else f"{begin}{inner}"


def write(folder: Path, theme: str) -> None:
    """Write the publication."""
    (folder / "manuscript").mkdir(parents=True)
    (folder / "publication.yaml").write_text(SETTINGS.format(theme=theme), encoding="utf-8")
    Image.linear_gradient("L").resize((1200, 800)).convert("RGB").save(folder / "manuscript/port.png")
    for number, essay in enumerate(essays(), start=1):
        (folder / f"manuscript/{number:02}.md").write_text(essay, encoding="utf-8")
