"""The only files that a document's pages can have: the rendition's own resources, on an origin that exists nowhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from publish.formats.pdf import engine
from publish.rendition import Resource

ORIGIN = "https://publication.invalid/"


class Fetcher(engine.URLFetcher):  # type: ignore[misc]
    """Serves resources by name under ``ORIGIN``, and nothing else from anywhere.

    ``resources`` give each when it is asked for; ``served`` are the names of those asked for so far.
    ``refused`` is everything else that was asked for, in order: the engine swallows an exception raised while it
    draws an SVG picture, so the list and not the exception is what a caller must look at. ``data:`` addresses carry
    their content with them and are served. ``files`` maps addresses of the private font files to resources' names:
    that is what ``local()`` in a stylesheet comes to.
    """

    def __init__(self, resources: Mapping[str, Callable[[], Resource]], files: Mapping[str, str]) -> None:
        super().__init__(allowed_protocols={"data"})
        self._resources = resources
        self._files = files
        self.refused: dict[str, None] = {}
        self.served: dict[str, None] = {}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        """Give the response for an address, or note it as refused and raise ValueError."""
        if url.lower().startswith("data:"):
            return super().fetch(url, headers)
        name = self._files.get(url) or name_of(url) or ""
        load = self._resources.get(name)
        if load is None:
            self.refused.setdefault(url)
            raise ValueError("it is not a file of the publication or the theme")
        self.served.setdefault(name)
        resource = load()
        return engine.URLFetcherResponse(url, resource.data, {"Content-Type": resource.media_type})


def name_of(url: str) -> str | None:
    """Give the name that an address on ``ORIGIN`` stands for, or ``None`` for an address elsewhere."""
    if not url.startswith(ORIGIN):
        return None
    return unquote(urlsplit(url).path).removeprefix("/")
