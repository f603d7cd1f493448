"""An EPUB as a browser can show it: its documents with every style sheet, font and picture inside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import unquote

from publish.formats.epub.archive import Book
from publish.formats.epub.archive import read as open_book
from publish.records import dataclass
from publish.renderer.sheets import data_url

_LINK = re.compile(r"<link\b[^>]*rel=[\"']stylesheet[\"'][^>]*>")
_HREF = re.compile(r"href=[\"']([^\"']*)[\"']")
_SOURCE = re.compile(r"(?P<attribute>\b(?:src|xlink:href|poster|data)=)(?P<quote>[\"'])(?P<name>[^\"':#]+)(?P=quote)")
_ADDRESS = re.compile(r"url\([\"']?([^\"')]+)[\"']?\)")
_BODY = re.compile(r"<body\b(?P<attributes>[^>]*)>(?P<inside>.*)</body>", re.DOTALL)
_CLASS = re.compile(r"\bclass=[\"']([^\"']*)[\"']")
_BETWEEN = '<div style="border-top:1px dashed;margin:3rem 0;opacity:.5"></div>'
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_HTML = re.compile(r"<html\b(?P<attributes>[^>]*)>")
_KEPT = re.compile(r"\b(?:lang|dir)=[\"'][^\"']*[\"']")


@dataclass(frozen=True)
class Screen:
    """A document of an EPUB: its title and its HTML, with all that it needs inside."""

    title: str
    html: str


class Screens:
    """An EPUB opened for showing. ``cover`` is the address of its cover picture, with the picture in it, or empty."""

    def __init__(self, data: bytes) -> None:
        self._book: Book = open_book(data)
        self._types = {item.name: item.media_type for item in self._book.manifest}
        self._sheets: dict[str, str] = {}

    @property
    def cover(self) -> str:
        """The cover picture as an address, or nothing."""
        named = (item.name for item in self._book.manifest if "cover-image" in item.properties)
        return next((self._address(name) for name in named if name in self._book.files), "")

    def documents(self) -> Iterator[Screen]:
        """Give the documents in reading order, each whole in itself."""
        for name, text in self._texts():
            head, mark, rest = self._with_pictures(name, _LINK.sub("", text)).partition("</head>")
            yield Screen(_title(text), "".join((head, *self._styles(name, text), mark, rest)))

    def whole(self) -> str:
        """Give all documents in one, one under the other, with every style sheet and font only once."""
        pages = list(self._texts())
        if not pages:
            return ""
        html = _HTML.search(pages[0][1])
        attributes = " ".join(_KEPT.findall(html["attributes"])) if html else ""
        styles = "".join(dict.fromkeys(sheet for name, text in pages for sheet in self._styles(name, text)))
        bodies = _BETWEEN.join(filter(None, (self._body(name, text) for name, text in pages)))
        return (
            f"<!doctype html><html {attributes}><head><meta charset=utf-8>{styles}</head><body>{bodies}</body></html>"
        )

    def _texts(self) -> Iterator[tuple[str, str]]:
        for name in self._book.spine:
            if name in self._book.pages:
                yield name, self._book.files[name].decode("utf-8", "replace")

    def _body(self, name: str, text: str) -> str:
        body = _BODY.search(text)
        if body is None:
            return ""
        kind = _CLASS.search(body["attributes"])
        inside = re.sub(r"href=([\"'])[^\"'#:]*#", r"href=\1#", self._with_pictures(name, body["inside"]))
        return f'<div class="{kind[1] if kind else ""}">{inside}</div>'

    def _styles(self, name: str, text: str) -> list[str]:
        """Give a document's style sheets in their order, each as an element."""
        links = (_HREF.search(link) for link in _LINK.findall(text))
        return [f"<style>{self._sheet(_target(name, found[1]))}</style>" for found in links if found]

    def _sheet(self, name: str) -> str:
        if name not in self._sheets:
            css = self._book.files.get(name, b"").decode("utf-8", "replace").replace("</", "<\\/")
            self._sheets[name] = _ADDRESS.sub(lambda found: f'url("{self._address(_target(name, found[1]))}")', css)
        return self._sheets[name]

    def _with_pictures(self, name: str, text: str) -> str:
        def held(found: re.Match[str]) -> str:
            return f'{found["attribute"]}"{escape(self._address(_target(name, found["name"])))}"'

        return _SOURCE.sub(held, text)

    def _address(self, name: str) -> str:
        data = self._book.files.get(name)
        return data_url(data, self._types.get(name, "application/octet-stream")) if data is not None else ""


def _title(text: str) -> str:
    found = _TITLE.search(text)
    return " ".join(found[1].split()) if found else ""


def _target(name: str, reference: str) -> str:
    """Give the name in the archive that a reference from a file leads to."""
    return normpath(str(PurePosixPath(name).parent / unquote(reference.partition("#")[0])))
