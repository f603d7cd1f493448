"""Every picture that a publication uses, each looked at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from publish.cache import once
from publish.diagnostics import Edit, Fix, Log
from publish.document import Image, InlineImage, Publication, walk
from publish.images import bitmap, svg
from publish.images.find import locate, read
from publish.images.kinds import SVG, Kind, kind_of, kind_of_name
from publish.images.model import MAX_BITMAP_BYTES, MAX_SVG_BYTES, Picture, PictureError
from publish.project.model import Project
from publish.records import dataclass
from publish.source import Span

_FACTS = ("media_type", "width", "height", "dpi", "colour", "transparent")
# What is wrong with a name has to be mended wherever the name stands; a bad file is mended once.
_ABOUT_THE_NAME = frozenset({"image-exists", "file-inside", "resource-local"})


@dataclass(frozen=True)
class _Use:
    """A picture's name in the publication: the folder it starts from, and the place where it is written."""

    path: str
    folder: Path
    span: Span | None = None
    what: str = "picture"


def load_all(publication: Publication, project: Project, log: Log) -> dict[str, Picture]:
    """Give every picture that the publication's tree and its cover name, by the name they give it.

    Names in the tree start from ``project.manuscript``, the cover's from ``project.root``. What cannot be used is
    reported at its place (``image-exists``, ``image-readable``, ``image-size``, ``file-inside``,
    ``file-readable``, ``resource-local``) and missing from the answer.
    """
    pictures: dict[str, Picture] = {}
    places: dict[str, Path] = {}
    refused: dict[tuple[Path, str], PictureError] = {}
    told = {d.span for d in log if d.rule.name == "html-safe"}
    for use in _uses(publication, project):
        if not use.path and use.span in told:
            continue
        if (use.folder, use.path) in refused:
            error = refused[use.folder, use.path]
            if error.rule in _ABOUT_THE_NAME:
                _report(use, error, log)
            continue
        try:
            file = locate(use.path, use.folder, project.root)
            if places.setdefault(use.path, file) != file:
                raise _two_files(use.path)
            if use.path not in pictures:
                pictures[use.path] = load(use.path, file)
        except PictureError as error:
            refused[use.folder, use.path] = error
            _report(use, error, log)
    return pictures


def load(path: str, file: Path) -> Picture:
    """Give the picture in a file, under the name ``path``. Raises PictureError when it cannot be used."""
    data = read(file, MAX_BITMAP_BYTES)
    kind = kind_of(data)
    if not isinstance(kind, Kind):
        raise PictureError("image-readable", f"is no picture that a book can hold but {kind}", _hint(kind))
    promised = kind_of_name(path)
    if promised is not None and promised is not kind:
        suffix = Path(path).with_suffix("." + _suffix(kind)).name
        raise PictureError(
            "image-readable", f"is named a {promised.name} but is a {kind.name}", f"call the file “{suffix}”"
        )
    if kind is not SVG:
        return _proved(path, data, kind)
    if len(data) > MAX_SVG_BYTES:
        raise PictureError("image-size", f"is a drawing of {len(data) / 1e6:,.0f} MB", "simplify it, or save it as PNG")
    return svg.load(path, data)


def _proved(path: str, data: bytes, kind: Kind) -> Picture:
    """Give a bitmap, decoded whole to prove it, unless that was done with the same file before."""

    def prove() -> bytes:
        made = bitmap.load(path, data, kind)
        facts = {name: getattr(made, name) for name in _FACTS}
        return json.dumps(facts).encode() + b"\n" + (b"" if made.data == data else made.data)

    facts, _, clean = once(prove, "picture", kind.name, data).partition(b"\n")
    return Picture(path=path, data=clean or data, **json.loads(facts))


def _uses(publication: Publication, project: Project) -> Iterator[_Use]:
    for node in walk(publication):
        if isinstance(node, Image | InlineImage):
            yield _Use(node.path, project.manuscript, node.span)
    if project.cover:
        yield _Use(project.cover, project.root, what="cover")


def _report(use: _Use, error: PictureError, log: Log) -> None:
    name = use.path if len(use.path) <= 80 else use.path[:77] + "…"
    file = "" if use.span else "publication.yaml"
    fix = _fix(use.span, use.path, error.instead) if use.span and error.instead else None
    log.report(error.rule, f"the {use.what} “{name}” {error.message}", use.span, file=file, hint=error.hint, fix=fix)


def _fix(span: Span, path: str, instead: str) -> Fix | None:
    """Write a file's name with the capitals that it has, where the name stands once in the place."""
    name = PurePosixPath(path).name
    at = span.text.find(name)
    if at < 0 or span.text.count(name) != 1:
        return None
    return Fix(f"write {instead}", (Edit(Span(span.source, span.start + at, span.start + at + len(name)), instead),))


def _two_files(path: str) -> PictureError:
    return PictureError(
        "image-exists",
        "has the same name as a picture in the manuscript's folder, which is another file",
        f"give one of the two files called “{path}” another name",
    )


def _suffix(kind: Kind) -> str:
    return {"JPEG": "jpg", "TIFF": "tif"}.get(kind.name, kind.name.lower())


def _hint(what: str) -> str:
    if "PDF" in what or "PostScript" in what:
        return "export it as SVG (drawings) or as PNG or JPEG (photographs)"
    if "LFS" in what:
        return "fetch the pictures with: git lfs pull"
    if "gzip" in what:
        return "if it is a compressed drawing (SVGZ), save it as plain SVG"
    return "export it as JPEG, PNG or SVG"
