"""Links inside a catalogue: every one of a page, a feed or a style sheet leads to a file, and to a place in it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from publish.diagnostics import Log
from publish.records import dataclass

_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
_ONIX = ("ResourceLink", "WebsiteLink")


@dataclass(frozen=True)
class Pages:
    """A catalogue's files by path, and the web addresses that it may call itself by."""

    folder: Path
    names: frozenset[str]
    addresses: tuple[str, ...] = ()

    def where(self, target: str, page: str) -> tuple[str, str] | None:
        """Give the path and the fragment that a link on a page leads to; ``None`` when it leads out."""
        for address in self.addresses:
            if target.startswith(address):
                target, page = target.removeprefix(address), ""
                break
        parts = urlsplit(target)
        if parts.scheme or parts.netloc or target.startswith("//"):
            return None
        path = unquote(parts.path)
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
        if path.endswith("/") or whole in (".", ""):
            whole = posixpath.normpath(posixpath.join(whole, "index.html"))
        return whole, unquote(parts.fragment)

    @cached_property
    def ids(self) -> dict[str, frozenset[str]]:
        """The ids of each page."""
        return {name: frozenset(self._page(name).xpath("//@id")) for name in self.names if name.endswith(".html")}

    def _page(self, name: str) -> html.HtmlElement:
        return html.document_fromstring((self.folder / name).read_bytes() or b"<p></p>")

    def links(self, name: str) -> Iterator[str]:
        """Give every link of a page, a feed or a style sheet."""
        data = (self.folder / name).read_bytes()
        if name.endswith(".html"):
            for node in self._page(name).iter():
                yield from (str(node.get(a)) for a in ("href", "src", "poster") if node.get(a) is not None)
                yield from (part.split()[0] for part in str(node.get("srcset") or "").split(",") if part.strip())
        elif name.endswith(".css"):
            yield from _URL.findall(data.decode("utf-8", "replace"))
        elif name.endswith(".xml") and "/" not in name:
            root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
            yield from (str(node.get("href")) for node in root.iter() if node.get("href") is not None)
            yield from (node.text or "" for node in root.iter(*(f"{{*}}{tag}" for tag in _ONIX)))


def check(pages: Pages, log: Log) -> None:
    """Report each link that leads nowhere."""
    for name in sorted(pages.names):
        try:
            found = list(dict.fromkeys(pages.links(name)))
        except (etree.LxmlError, ValueError, OSError) as error:
            log.report("record-sound", f"“{name}” cannot be read: {error}", file=str(pages.folder / name))
            continue
        for target, wrong in _loose(pages, name, found):
            log.report("release-linked", f"the link to “{target}” {wrong}", file=str(pages.folder / name))


def _loose(pages: Pages, name: str, targets: Iterable[str]) -> Iterator[tuple[str, str]]:
    for target in targets:
        place = pages.where(target, name)
        if place is None or target.startswith("data:"):
            continue
        path, fragment = place
        if path not in pages.names:
            yield target, "leads to nothing"
        elif fragment and path in pages.ids and fragment not in pages.ids[path]:
            yield target, f"leads to a place that “{path}” does not have"
