"""Pictures: ``![caption](port.jpg){#fig-port alt="..." credit="..."}``; in a line, or alone and so a figure.

Of a picture that stands alone the bracketed words are the caption and ``alt=`` the description; in a line there is
no room for a caption, and the bracketed words are the description.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from publish.document import (
    Block,
    Blocks,
    Div,
    Figure,
    Image,
    Inline,
    InlineImage,
    Inlines,
    LineBreak,
    Paragraph,
    plain,
)
from publish.reader.attributes import Attributes
from publish.reader.brackets import Kind
from publish.reader.build import ends
from publish.reader.inlines import add
from publish.reader.names import xml_name
from publish.reader.processors import NOTHING, Found, InlineSyntax, Piece
from publish.reader.reading import Picture
from publish.reader.targets import picture_path

if TYPE_CHECKING:
    from publish.reader.dialect import Dialect

_WIDTH = re.compile(r"\d{1,5}(?:\.\d{1,3})?(?:%|cm|mm|in|pt|px|em|rem)?", re.ASCII)
_KEYS = ("alt", "fig-alt", "credit", "source", "license", "licence", "width", "lang")
_INLINE_KEYS = ("alt", "fig-alt", "lang")
_GROUP_KEYS = ("credit", "source", "license", "licence", "lang")


class ImageMark(InlineSyntax):
    """A picture in a line."""

    tag = "image"
    find = r"!\["
    signs = ("![",)

    def recognise(self, match: re.Match[str], data: str) -> Found:
        """Give the picture."""
        bracket = self.dialect.inlines.brackets(data).at(match.start(), Kind.IMAGE)
        if bracket is None:
            return NOTHING
        piece = self.piece(bracket.start, bracket.end, bracket.inside)
        piece.marks = bracket.attributes
        piece.facts.update(target=bracket.target, title=bracket.title)
        return piece, bracket.start, bracket.end

    def build(self, piece: Piece, content: Inlines) -> Inline:
        """Make the picture, and keep what matters if it turns out to stand alone."""
        reading, span, marks = self.reading, self.span(piece), piece.marks
        path = picture_path(piece.facts["target"], reading, span)
        alt = _alt(marks)
        alt = (_described(content) or None) if alt is None else alt
        title, text = piece.facts["title"], self.dialect.inlines.text
        name = xml_name(marks.id) if marks.id else ""
        node = InlineImage(path, alt, title, span=span, id=name, language=reading.language_of(marks, text))
        picture = Picture(node, content, title, marks, text)
        reading.pictures[id(node)] = picture
        return node


def _alt(marks: Attributes) -> str | None:
    """Give the description in braces; None when there is none, empty for a picture that only decorates."""
    return marks.get("alt", "fig-alt") if {"alt", "fig-alt"} & marks.values.keys() else None


def _described(content: Inlines) -> str:
    """Give a description's words; of a picture inside it (CommonMark 6.4), those that describe that one."""
    return plain(tuple((item.alt or "") if isinstance(item, InlineImage) else item for item in content))


def figure(md: Dialect, node: InlineImage) -> Figure:
    """Make a figure of a picture that stands alone in its paragraph."""
    picture = md.reading.pictures.pop(id(node))
    assert node.span is not None
    marks, reading = picture.attributes, md.reading
    reading.attribute_known(marks, picture.text, _KEYS, "a picture")
    _no_classes(md, picture)
    caption = picture.caption or ((picture.title,) if picture.title else ())
    if picture.title and picture.caption:
        _title_is_lost(md, picture)
    return Figure(
        (_image(md, picture),),
        caption,
        credit=_inline(md, picture, "credit"),
        source=marks.get("source"),
        license=marks.get("license", "licence"),
        span=node.span,
        id=reading.claim(marks.id, node.span),
        language=node.language,
    )


def _image(md: Dialect, picture: Picture) -> Image:
    marks = picture.attributes
    return Image(picture.node.path, _alt(marks), _width(md, picture), span=picture.node.span)


def _width(md: Dialect, picture: Picture) -> str:
    """Give a picture's width, a number and its unit; nothing else may reach a style sheet."""
    value = picture.attributes.values.get("width")
    if value is None or _WIDTH.fullmatch(value.plain.strip()):
        width = picture.attributes.get("width").strip()
        return f"{width}px" if width.isdigit() else width
    at = picture.text.at(value.start) if value.end else picture.text.at(0)
    message = f"“{value.plain[:40]}” is not a width"
    md.reading.report("attributes-wellformed", message, at, at + len(value.raw), hint="write it as 80% or 6cm")
    return ""


def _inline(md: Dialect, picture: Picture, key: str) -> Inlines:
    """Make inline content of a value in braces."""
    value = picture.attributes.values.get(key)
    return md.inline(picture.text.slice(value.start, value.end)) if value else ()


def _no_classes(md: Dialect, picture: Picture) -> None:
    for name in picture.attributes.classes:
        at = picture.text.at(picture.attributes.start)
        md.reading.report("attribute-known", f"“.{name}” means nothing for a picture", at, at + 1, hint="delete it")


def _title_is_lost(md: Dialect, picture: Picture) -> None:
    span = picture.node.span
    assert span is not None
    md.reading.report(
        "attribute-known",
        f"the picture's title “{picture.title}” is not printed",
        span.start,
        span.end,
        hint="put its words into the caption",
    )


def check_inline(md: Dialect) -> None:
    """Report what was said of pictures in lines that only a picture standing alone can show."""
    reading = md.reading
    for picture in reading.pictures.values():
        reading.attribute_known(picture.attributes, picture.text, _INLINE_KEYS, "a picture inside a line")
        assert picture.node.span is not None
        reading.claim(picture.attributes.id, picture.node.span)
        if picture.caption and any(key in picture.attributes.values for key in ("alt", "fig-alt")):
            reading.report(
                "attribute-known",
                f"the caption “{plain(picture.caption)}” is not printed, because the picture stands inside a line",
                picture.node.span.start,
                picture.node.span.end,
                hint="let the picture stand alone in its paragraph",
            )
    reading.pictures.clear()


def group(md: Dialect, piece: Piece) -> Block | Blocks | None:
    """Make one figure of several pictures and the paragraph that closes the group."""
    reading, marks = md.reading, piece.marks
    words = piece.facts["words"]
    reading.attribute_known(marks, words, _GROUP_KEYS, "a group of pictures")
    span = reading.span(piece.start, piece.end)
    name = reading.claim(marks.id, span)
    blocks = md.blocks(piece)
    pictures, caption, other = _members(md, blocks)
    if other or not pictures:
        reading.report(
            "div-known",
            "a group of pictures holds pictures and, at its end, their caption",
            piece.start,
            piece.start + len(words.raw),
            hint="move everything else out of the block",
        )
        return Div("figure", blocks, span=ends(blocks, span), id=name)
    value = marks.values.get("credit")
    credit = md.inline(words.slice(value.start, value.end)) if value else _joined(f.credit for f in pictures)
    return Figure(
        tuple(replace(f.images[0], id=f.id) for f in pictures),
        _with_parts(caption, pictures),
        credit=credit,
        source=marks.get("source") or _once(f.source for f in pictures),
        license=marks.get("license", "licence") or _once(f.license for f in pictures),
        span=ends(blocks, span),
        id=name,
        language=reading.language_of(marks, words),
    )


def _members(md: Dialect, blocks: Blocks) -> tuple[list[Figure], Inlines, bool]:
    """Sort a group's blocks: its pictures, its caption, and whether there is anything else."""
    pictures: list[Figure] = []
    caption: Inlines = ()
    other = False
    for place, block in enumerate(blocks):
        if isinstance(block, Figure) and len(block.images) == 1:
            pictures.append(block)
        elif isinstance(block, Paragraph) and _only_pictures(block.content):
            pictures += [figure(md, node) for node in block.content if isinstance(node, InlineImage)]
        elif isinstance(block, Paragraph) and place == len(blocks) - 1:
            caption = block.content
        else:
            other = True
    return pictures, caption, other


def _only_pictures(content: Inlines) -> bool:
    return all(
        isinstance(item, InlineImage | LineBreak) or (isinstance(item, str) and not item.strip()) for item in content
    )


def _with_parts(caption: Inlines, pictures: list[Figure]) -> Inlines:
    """Add the captions of single pictures to that of their group: (a) ... (b) ..."""
    if not any(f.caption for f in pictures):
        return caption
    out: list[Inline] = [*caption]
    for place, part in enumerate(pictures):
        if part.caption:
            for item in (" " if out else "", f"({chr(ord('a') + place % 26)}) ", *part.caption):
                add(out, item)
    return tuple(out)


def _joined(credits: Iterable[Inlines]) -> Inlines:
    """Join the credits of single pictures, each said once."""
    out: list[Inline] = []
    for credit in dict.fromkeys(c for c in credits if c):
        for item in ("; " if out else "", *credit):
            add(out, item)
    return tuple(out)


def _once(values: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(v for v in values if v))
