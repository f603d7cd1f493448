"""Rendering: every part of a publication through its template, and what a writer must know besides."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Any

from publish.covers import Wrap
from publish.diagnostics import Log
from publish.document import Division, Metadata, Publication, plain
from publish.images import Picture
from publish.pages import PageMap
from publish.project import Project
from publish.records import dataclass
from publish.renderer import apparatus, drawings, numbers, origins, outline, pagination, splitting
from publish.renderer.access import accessibility
from publish.renderer.barcode import barcode
from publish.renderer.nodes import Nodes
from publish.renderer.theme import FONT_TYPES, Theme, load
from publish.rendition import Accessibility, Medium, OutlineEntry, Part, Rendition, Resource
from publish.typography import set_for_press, set_publication
from publish.words import direction, words

if TYPE_CHECKING:
    from jinja2 import Environment, Template

COVER = "images/cover.jpg"


def render(
    publication: Publication,
    project: Project,
    pictures: Mapping[str, Picture],
    medium: Medium,
    modified: datetime,
    log: Log,
    *,
    cover: bytes | None = None,
    pages: PageMap | None = None,
    wrap: Wrap | None = None,
) -> Rendition | None:
    """Show a publication in a medium: ``print``, ``epub``, ``cover`` (the cover alone, as a page), or ``wrap`` (the
    cover laid flat with back and spine, whose geometry is ``wrap``).

    ``pictures`` are the prepared pictures by the path that the tree names them with; ``modified`` is the time the
    file shall carry (UTC); ``cover`` is a JPEG made from the theme, for a publication that brings no cover picture;
    ``pages`` are the pages of the print edition, which an EPUB shall mark and list.
    Gives ``None``, with the reason in the log, for an unknown theme or an unsound template.
    """
    from jinja2 import TemplateError

    theme = load(project.style.theme, project.styles, log)
    if theme is None:
        return None
    typed = publication.metadata
    if project.style.quotes == "by-language":
        publication = set_publication(publication)
    if medium == "print":
        publication = set_for_press(publication)
    try:
        return _Rendering(
            publication, typed, project, pictures, medium, modified, theme, cover, pages, wrap
        ).rendition()
    except (TemplateError, FileNotFoundError, UnicodeDecodeError) as fault:
        log.report("template-sound", _reason(fault), file=_place(fault, project.root))
        return None


def _reason(fault: Exception) -> str:
    if isinstance(fault, FileNotFoundError):
        return f"there is no template or stylesheet called “{fault}”"
    return getattr(fault, "message", None) or str(fault) or type(fault).__name__


def _place(fault: Exception, root: Path) -> str:
    """Give the template and line of a fault, the publication's own by its path inside the publication."""
    from jinja2 import TemplateSyntaxError

    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(fault.__traceback__)]
    places = [(name, line) for name, line in frames if name.endswith((".xhtml", ".css"))]
    if isinstance(fault, TemplateSyntaxError) and fault.filename:
        places.append((fault.filename, fault.lineno))
    if not places:
        return ""
    path, line = Path(places[-1][0]), places[-1][1]
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return f"{name}:{line}"


def identifier(metadata: Metadata, medium: Medium = "epub") -> str:
    """Give the URN of an edition: its ISBN, else its UUID, else one made from publisher, title and names.

    The same publication always has the same (RFC 9562, section 5.5); print and EPUB are two editions and have two,
    unless one ISBN stands for both.
    """
    schemes = ("isbn-print", "isbn-pdf", "isbn") if medium == "print" else ("isbn-epub", "isbn")
    if isbn := metadata.identifier(*schemes):
        return f"urn:isbn:{isbn.replace('-', '').replace(' ', '')}"
    if own := metadata.identifier("uuid"):
        urn = f"urn:uuid:{own.removeprefix('urn:uuid:').lower()}"
    else:
        names = [c.name for c in metadata.contributors]
        name = "\n".join([metadata.publisher, metadata.title, metadata.subtitle, *names])
        urn = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"
    return urn if medium != "print" else f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{urn}#print')}"


@dataclass(frozen=True)
class _Rendering:
    """One publication on its way into one medium. ``typed`` are its metadata as they were typed, which name it."""

    publication: Publication
    typed: Metadata
    project: Project
    pictures: Mapping[str, Picture]
    medium: Medium
    modified: datetime
    theme: Theme
    cover: bytes | None
    page_map: PageMap | None
    wrap: Wrap | None = None

    def rendition(self) -> Rendition:
        metadata = self.publication.metadata
        language = metadata.language
        parts, pages = self._paginated(self._indexed(tuple(self._parts())))
        parts, moved = splitting.split(parts) if self.medium == "epub" else (parts, {})
        parts, pages = tuple(origins.settle(parts, self._origins.spans)), splitting.lead(pages, moved)
        return Rendition(
            medium=self.medium,
            metadata=metadata,
            identifier=identifier(self.typed, self.medium),
            modified=self.modified,
            parts=parts,
            resources=tuple(self._resources()),
            outline=splitting.lead(self.outline, moved),
            accessibility=self._accessibility(parts, pages),
            words=dict(words(language)),
            start=self._start,
            cover=self._cover_name,
            pages=pages,
            page_source=identifier(self.typed, "print") if pages else "",
        )

    @cached_property
    def _origins(self) -> origins.Origins:
        return origins.Origins(self.medium in ("epub", "print"))

    def _accessibility(self, parts: tuple[Part, ...], pages: tuple[OutlineEntry, ...]) -> Accessibility:
        language = self.publication.metadata.language
        return accessibility(self.publication, words(language), (p.xhtml for p in parts), pages=bool(pages))

    # --- parts ---

    def _parts(self) -> Iterator[Part]:
        if self.medium in ("cover", "wrap"):
            yield self._page(self.medium, "front")
            return
        if self._has_cover:
            yield self._page("cover", "front")
        if self.medium == "epub" or self.project.style.prelims:
            for kind in ("titlepage", "imprint", "contents"):
                yield self._page(kind, "front")
        for division in self.publication.divisions:
            yield self._division(division)
        if self.medium == "epub" and self.numbers.notes:
            yield self._page("notes", "back")

    @property
    def _has_cover(self) -> bool:
        """Whether a cover comes first. An EPUB's is a picture; on a screen's pages the theme's page.css sets it.

        A publication that made the theme's cover its own has it there if its page.css is its own, too.
        """
        if self.medium == "epub":
            return bool(self._cover_name)
        style, theme = self.project.style, self.theme
        if not (style.prelims and style.cover and "@page cover" in self._page_css):
            return False
        made = {"cover.xhtml", *theme.stylesheets("cover")} - {*theme.stylesheets("print")}
        return bool(self._cover_picture) or theme.is_own("page.css") or not any(map(theme.is_own, made))

    def _paginated(self, parts: tuple[Part, ...]) -> tuple[tuple[Part, ...], tuple[OutlineEntry, ...]]:
        """Mark the pages of the print edition in an EPUB's parts, and list them in its contents."""
        if not self.page_map or self.medium != "epub":
            return parts, ()
        # The cover of the pages for screens is no page of the print edition, nor is the blank one behind it.
        numbered = self.page_map.without(words(self.publication.metadata.language)["cover"])
        markers = pagination.markers(numbered, [(part.name, part.xhtml) for part in parts])
        pages = tuple(OutlineEntry(marker.label, marker.part, marker.id) for marker in markers)
        listed = (self._page("contents", "front", pages) if part.kind == "contents" else part for part in parts)
        show = self._macro("page_break")
        return tuple(replace(p, xhtml=pagination.mark(p.name, p.xhtml, markers, show)) for p in listed), pages

    def _indexed(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """Give the parts with the page numbers of the print edition in the index, once they are known."""
        if not self.page_map or not self._lists.has("index"):
            return parts
        places = pagination.places(self.page_map, [(part.name, part.xhtml) for part in parts])
        for mark, (slug, label) in apparatus.calls_of(self.publication).items():
            if (call := places.get(f"noteref-{self.numbers.notes[slug, label]}")) is not None:
                places[mark] = call
        lists = replace(self._lists, labels=self.page_map.labels, places=places)
        holders = {numbers.part_name(d): d for d in self.publication.divisions if apparatus.holds(d, "index")}
        return tuple(self._division(holders[p.name], lists) if p.name in holders else p for p in parts)

    @cached_property
    def _lists(self) -> apparatus.Lists:
        language = self.publication.metadata.language
        return apparatus.Lists(self.publication, language, printed=self.medium == "print")

    def _macro(self, name: str) -> Callable[..., str]:
        from jinja2 import UndefinedError

        macro: Callable[..., str] | None = getattr(self._template("nodes.xhtml").module, name, None)
        if macro is None:
            raise UndefinedError(f"nodes.xhtml has no macro “{name}”")
        return macro

    def _page(self, kind: str, matter: Any, pages: tuple[OutlineEntry, ...] = ()) -> Part:
        name, language = f"text/{kind}.xhtml", self.publication.metadata.language
        own = kind in ("titlepage", "wrap")
        title = self.publication.metadata.title if own else words(language)[kind]
        xhtml = self._fill(f"{kind}.xhtml", name, language, title, kind=kind, pages=pages)
        return Part(name, kind, kind, matter, title, xhtml, language)

    def _division(self, division: Division, lists: apparatus.Lists | None = None) -> Part:
        name = numbers.part_name(division)
        language = division.language or self.publication.metadata.language
        title = outline.tidy(plain(division.title))
        xhtml = self._fill("division.xhtml", name, language, title, kind="division", division=division, lists=lists)
        return Part(name, "division", division.role, division.matter, title, xhtml, language)

    def _fill(self, template: str, name: str, language: str, title: str, **values: Any) -> str:
        def href(id: str) -> str:
            part = self.numbers.parts.get(id, name)
            same = part == name or self.medium == "print"
            return f"#{id}" if same else f"{part.removeprefix('text/')}#{id}"

        def nodes(division: Division) -> Nodes:
            return Nodes(macros, division, self.numbers, href, self._origins, opens=self._opens(division))

        shared = {"medium": self.medium, "language": language, "picture": self._picture, "word": self._word(language)}
        shared |= {"lists": values.pop("lists", None) or self._lists, "publication": self.publication}
        shared |= {"metadata": self.publication.metadata, "words": words(language), "direction": direction}
        macros = self._template("nodes.xhtml").make_module(shared)
        return self._template(template).render(
            **self._context | shared | values, title=title, part=name, href=href, nodes=nodes
        )

    def _opens(self, division: Division) -> str:
        """Give how a division's first paragraph begins: plainly where the theme does not name it, and in Hebrew."""
        setting = self.theme.settings["openings"]
        how: str = self.project.style.openings or setting["how"]
        from_the_left = direction(division.language or self.publication.metadata.language) == "ltr"
        return how if division.role in setting["roles"] and from_the_left else "plain"

    def _template(self, name: str) -> Template:
        return self._environment.get_template(name)

    @cached_property
    def _environment(self) -> Environment:
        from publish.renderer.environment import environment

        return environment(self.theme)

    @staticmethod
    def _word(language: str) -> Any:
        def word(key: str, /, **values: object) -> str:
            return words(language)[key].format(**values)

        return word

    @cached_property
    def _context(self) -> dict[str, Any]:
        return {
            "publication": self.publication,
            "metadata": self.publication.metadata,
            "style": self.project.style,
            "theme": self.theme.settings,
            "stylesheets": [f"../styles/{name}" for name in self.theme.stylesheets(self.medium)],
            "page_css": self._page_css if self.medium in ("print", "wrap") else "",
            "wrap": self.wrap,
            "outline": self.outline,
            "direction": direction,
            "start": self._start,
            "cover": f"../{self._cover_name}" if self._cover_name else "",
            "numbers": self.numbers,
            "bare": self.project.bare,
        }

    @cached_property
    def _page_css(self) -> str:
        """The page's geometry, from the trim size: a template like any other."""
        return self._template("wrap.css" if self.medium == "wrap" else "page.css").render(
            wrap=self.wrap,
            style=self.project.style,
            metadata=self.publication.metadata,
            theme=self.theme.settings,
            direction=direction,
        )

    @cached_property
    def numbers(self) -> numbers.Numbers:
        return numbers.count(self.publication, self.medium, anew=self.project.style.notes == "division")

    @cached_property
    def outline(self) -> tuple[OutlineEntry, ...]:
        entries = outline.of_divisions(self.publication, int(self.theme.settings["contents"][self.medium]))
        if self.medium == "epub" and self.numbers.notes:
            title = words(self.publication.metadata.language)["notes"]
            return (*entries, OutlineEntry(title, "text/notes.xhtml"))
        return entries

    @cached_property
    def _start(self) -> str:
        """The part where reading starts: the first division of the body, else the first of all."""
        body = [d for d in self.publication.divisions if d.matter == "body"] or list(self.publication.divisions)
        return numbers.part_name(body[0]) if body else ""

    # --- resources ---

    @property
    def _cover_picture(self) -> Picture | None:
        return self.pictures.get(self.publication.cover) if self.publication.cover else None

    @cached_property
    def _cover_name(self) -> str:
        if self.medium == "cover" or (self.medium == "print" and not self._has_cover):
            return ""
        if picture := self._cover_picture:
            return f"images/{self._names[picture.path]}"
        return COVER if self.cover is not None else ""

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """A plain file name for each picture: ASCII, unique, with the suffix of what it truly is."""
        names: dict[str, str] = {}
        for path, picture in sorted(self.pictures.items()):
            names[path] = _ascii_name(path, picture.media_type, set(names.values()))
        return names

    def _picture(self, path: str) -> Mapping[str, Any]:
        """Where a picture stands, as seen from a part, and its size in pixels."""
        picture = self.pictures[path]
        return {"src": f"../images/{self._names[path]}", "width": picture.width, "height": picture.height}

    def _shows(self, path: str) -> bool:
        """Whether the medium shows a picture: a wrap only the cover's, printed pages that one only with the cover."""
        is_cover = path == self.publication.cover
        return is_cover if self.medium == "wrap" else self.medium == "epub" or self._has_cover or not is_cover

    def _resources(self) -> Iterator[Resource]:
        if self.wrap and self.wrap.isbn:
            drawn = barcode(self.wrap.isbn, self.theme.settings["cover"]["barcode"])
            yield Resource("images/barcode.svg", "image/svg+xml", drawn, 132, 72)
        for name in self.theme.stylesheets(self.medium):
            yield Resource(f"styles/{name}", "text/css", self.theme.read(name).encode())
        for name, font in self.theme.fonts.items():
            yield Resource(f"fonts/{name}", FONT_TYPES[font.suffix], font.read_bytes())
        if self.medium != "cover":
            for path, picture in sorted(self.pictures.items()):
                if self._shows(path):
                    yield _picture_resource(f"images/{self._names[path]}", picture)
        if self.medium not in ("cover", "wrap"):
            yield from drawings.resources(self.publication)
        if self._cover_name == COVER and self.cover is not None and self._cover_picture is None:
            yield Resource(COVER, "image/jpeg", self.cover, *self.theme.settings["cover"]["pixels"])


SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/svg+xml": ".svg"}


def _ascii_name(path: str, media_type: str, taken: set[str]) -> str:
    stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    stem = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in stem).strip("-").lower() or "image"
    if stem == "cover":
        stem = "cover-picture"
    name, again = stem, 1
    while f"{name}{SUFFIXES[media_type]}" in taken:
        again += 1
        name = f"{stem}-{again}"
    return f"{name}{SUFFIXES[media_type]}"


def _picture_resource(name: str, picture: Picture) -> Resource:
    return Resource(name, picture.media_type, picture.data, picture.width, picture.height)
