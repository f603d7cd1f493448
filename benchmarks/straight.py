"""The plain way that publish is measured against: Python-Markdown and WeasyPrint in one script, tagged, PDF/UA-1.

``python straight.py WHOLE.md OUT.pdf``: notes at the foot of the page, contents with page numbers, running heads.
"""

from __future__ import annotations

import html
import re
import sys
from pathlib import Path

import markdown  # type: ignore[import-untyped]
import weasyprint  # type: ignore[import-untyped]


def main() -> None:
    """Make the PDF."""
    source, out = Path(sys.argv[1]), Path(sys.argv[2])
    text = source.read_text("utf-8").partition("\n---\n")[2]
    notes = dict(re.findall(r"^\[\^([^\]]+)\]: (.*)$", text, re.MULTILINE))
    text = re.sub(r"^\[\^[^\]]+\]: .*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\[\^([^\]]+)\]", lambda m: f'<span class="fn">{notes[m[1]]}</span>', text)
    reader = markdown.Markdown(extensions=["extra", "smarty", "toc"], output_format="html")
    body = reader.convert(text)
    entries = "".join(_entry(token) for token in reader.toc_tokens)
    page = (
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>A Generated Book</title>'
        f'<link rel="stylesheet" href="{Path(__file__).with_name("book.css").as_uri()}"></head><body>'
        f"<nav><h1>Contents</h1><ul>{entries}</ul></nav>{body}</body></html>"
    )
    weasyprint.HTML(string=page, base_url=f"{source.parent.as_uri()}/").write_pdf(out, pdf_variant="pdf/ua-1")


def _entry(token: dict[str, object]) -> str:
    children = token["children"]
    assert isinstance(children, list)
    inside = "".join(_entry(child) for child in children)
    link = f'<a href="#{token["id"]}">{html.escape(str(token["name"]), quote=False)}</a>'
    return f"<li>{link}{f'<ul>{inside}</ul>' if inside else ''}</li>"


if __name__ == "__main__":
    main()
