"""The only files that a document's pages can have: the rendition's own resources, on an origin that exists nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from publish.formats.pdf import engine
from publish.rendition import Resource

ORIGIN = "https://publication.invalid/"


class Fetcher(engine.URLFetcher):  # type: ignore[misc]
    """Serves resources by name under ``ORIGIN``, and nothing else from anywhere.

    ``refused`` is everything else that was asked for, in order: the engine swallows an exception raised while it
    draws an SVG picture, so the list and not the exception is what a caller must look at. ``data:`` addresses carry
    their content with them and are served. ``files`` maps addresses of the private font files to resources' names:
    that is what ``local()`` in a stylesheet comes to.
    """

    def __init__(self, resources: Iterable[Resource], files: Mapping[str, str]) -> None:
        super().__init__(allowed_protocols={"data"})
        self._resources = {r.name: r for r in resources}
        self._files = files
        self.refused: dict[str, None] = {}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        """Give the response for an address, or note it as refused and raise ValueError."""
        if url.lower().startswith("data:"):
            return super().fetch(url, headers)
        resource = self._resources.get(self._files.get(url) or name_of(url) or "")
        if resource is None:
            self.refused.setdefault(url)
            raise ValueError("it is not a file of the publication or the theme")
        return engine.URLFetcherResponse(url, resource.data, {"Content-Type": resource.media_type})


def name_of(url: str) -> str | None:
    """Give the name that an address on ``ORIGIN`` stands for, or ``None`` for an address elsewhere."""
    if not url.startswith(ORIGIN):
        return None
    return unquote(urlsplit(url).path).removeprefix("/")
