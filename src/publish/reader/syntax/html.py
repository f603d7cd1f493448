"""Raw HTML in a line: a safe subset, each element a node, its words read as Markdown."""

from __future__ import annotations

import re

from publish.document import Emphasis, Inline, InlineHtml, InlineImage, Inlines, InlineSpan, LineBreak, Link, Strong
from publish.reader.attributes import Attributes, Value
from publish.reader.htmltags import INLINES, VOID, Safe, Tag, Tags, refuse_tag, safe
from publish.reader.processors import NOTHING, Found, InlineSyntax, Piece
from publish.reader.reading import Picture
from publish.reader.targets import link_target, picture_path
from publish.source import Span

_DECLARATION = re.compile(r"<(?:!\[CDATA\[|![A-Za-z]|\?\w)")


class HtmlTag(InlineSyntax):
    """An element with its content, an empty element, or a comment."""

    tag = "html"
    find = r"<(?=[A-Za-z/!?])"
    signs = ("<",)

    def recognise(self, match: re.Match[str], data: str) -> Found:
        """Give the element; a comment is nothing."""
        at = match.start()
        memo = self.dialect.inlines.memo
        tags = memo.get("tags")
        if not isinstance(tags, Tags):
            tags = memo["tags"] = Tags(data)
        if at in tags.comments:
            return self._comment(at, tags.comments[at])
        tag = tags.at.get(at)
        if tag is not None:
            return self._element(tag, tags)
        if _DECLARATION.match(data, at):
            self._report("a declaration of HTML or XML has no place in a book", at, at + 2, "delete it")
        return NOTHING

    def _comment(self, start: int, end: int) -> Found:
        if end >= 0:
            return "", start, end
        self._report("a comment is opened here and never closed", start, start + 4, "close it with -->")
        return NOTHING

    def _element(self, tag: Tag, tags: Tags) -> Found:
        if tag.closing:
            if tag.name not in self.reading.refused:
                self._report(f"</{tag.name}> closes nothing that is open here", tag.start, tag.end, "delete it")
            return "", tag.start, tag.end
        partner = None if tag.name in VOID else tags.close.get(tag.start)
        if partner is None and tag.name not in VOID and tag.name in INLINES:
            hint = f"close it with </{tag.name}> in the same paragraph"
            self._report(f"<{tag.name}> is opened here and never closed", tag.start, tag.end, hint)
        piece = self.piece(tag.start, partner.end if partner else tag.end)
        piece.facts["tag"], piece.facts["base"] = tag, self.dialect.inlines.base
        if partner is not None:
            piece.inside = tag.end, partner.start
        if tag.name == "a" and tag.get("href") is not None:
            piece.tag = "link"
        return piece, piece.start, piece.end

    def _report(self, message: str, start: int, end: int, hint: str) -> None:
        inlines = self.dialect.inlines
        place = inlines.text.at(inlines.base + start)
        self.reading.report("html-safe", message, place, place + end - start, hint=hint)

    def build(self, piece: Piece, content: Inlines) -> Inline | Inlines:
        """Make the node of an element; of one that is not safe only its content stays."""
        tag: Tag = piece.facts["tag"]
        text, base = self.dialect.inlines.text, piece.facts["base"]
        if tag.name not in INLINES:
            refuse_tag(tag, self.reading, text.at(base + tag.start))
            return content
        kept = safe(tag, self.reading, lambda index: text.at(base + index))
        return self._node(tag, kept, content, self.span(piece))

    def _node(self, tag: Tag, kept: Safe, content: Inlines, span: Span) -> Inline | Inlines:
        name, where = tag.name, {"span": span, "id": kept.id, "language": kept.language}
        match name:
            case "br":
                return LineBreak(span=span)
            case "img":
                return self._image(tag, kept, span)
            case "em" if not kept.attributes:
                return Emphasis(content, span=span, id=kept.id, language=kept.language)
            case "strong" if not kept.attributes:
                return Strong(content, span=span, id=kept.id, language=kept.language)
            case "a" if tag.get("href") is not None:
                return self._link(tag, kept, content, span)
            case "a":
                return InlineSpan(content, kept.classes, span=span, id=kept.id, language=kept.language)
            case "span" if all(key == "class" for key, _ in kept.attributes):
                return InlineSpan(content, kept.classes, span=span, id=kept.id, language=kept.language)
        return InlineHtml(name, content, kept.attributes, **where)  # type: ignore[arg-type]

    def _link(self, tag: Tag, kept: Safe, content: Inlines, span: Span) -> Inline:
        target = link_target(tag.get("href") or "", self.reading, span)
        title = dict(kept.attributes).get("title", "")
        link = Link(content or (target,), target, title, span=span, id=kept.id, language=kept.language)
        rest = tuple((key, value) for key, value in kept.attributes if key != "title")
        return InlineHtml("span", (link,), rest, span=span) if rest else link

    def _image(self, tag: Tag, kept: Safe, span: Span) -> InlineImage:
        """Make a picture of <img>, so that it is treated like any other."""
        path = picture_path(tag.get("src") or "", self.reading, span)
        title = dict(kept.attributes).get("title", "")
        node = InlineImage(path, tag.get("alt"), title, span=span, id=kept.id, language=kept.language)
        values = {k: Value(v, 0, 0) for k, v in (("alt", tag.get("alt")), ("width", tag.get("width"))) if v is not None}
        marks = Attributes(values=values)
        self.reading.pictures[id(node)] = Picture(node, (), title, marks, self.dialect.inlines.text)
        return node
