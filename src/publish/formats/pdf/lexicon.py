"""The words of a style, each measured once: how wide it is, and behind which letters it may be divided.

To shape a word costs Pango much less than to begin and end a layout for it, so all words of a text that are not
known yet are shaped together, each as a paragraph of its own: what is so measured is what each measures alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from weasyprint.text.ffi import FROM_UNITS, ffi, pango, unicode_to_char_p  # type: ignore[import-untyped]
from weasyprint.text.line_break import Layout, line_size  # type: ignore[import-untyped]

Parts: TypeAlias = tuple[tuple[int, float], ...]
"""Behind how many letters a word may be divided, each with the width of what stands before (px)."""


class Lexicon:
    """What is known of the words of a style. ``ends`` says behind how many of its letters a word may be divided."""

    def __init__(self, style: Any, spacing: Any, ends: Callable[[str], Sequence[int]]) -> None:
        self._style, self._spacing, self._ends = style, spacing, ends
        self._known: dict[str, tuple[float, Parts]] = {"": (0.0, ())}

    def width(self, text: str) -> float:
        """Give how wide a text is that stands on one line (px)."""
        self.learn((text,))
        return self._known[text][0]

    def parts(self, word: str) -> Parts:
        """Give where a word may be divided."""
        self.learn((word,))
        return self._known[word][1]

    def learn(self, words: Iterable[str]) -> None:
        """Measure the words that are not known yet; none of them holds the end of a line."""
        fresh = [word for word in dict.fromkeys(words) if word not in self._known]
        if not fresh:
            return
        layout = Layout(self._style, self._spacing)
        pointer, data = unicode_to_char_p("\n".join(fresh))
        pango.pango_layout_set_text(layout.layout, pointer, len(data))
        begin, place = 0, ffi.new("int *")
        for number, word in enumerate(fresh):
            line = pango.pango_layout_get_line_readonly(layout.layout, number)
            self._known[word] = line_size(line, self._style)[0], self._divided(word, line, begin, place)
            begin += len(word.encode()) + 1

    def _divided(self, word: str, line: Any, begin: int, place: Any) -> Parts:
        """Give the parts of a word whose line begins behind so many bytes of its layout."""
        found = []
        for end in self._ends(word):
            pango.pango_layout_line_index_to_x(line, begin + len(word[:end].encode()), False, place)
            found.append((end, place[0] * FROM_UNITS))
        return tuple(found)
