"""Characters that no font of the theme has."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from publish.checks.subject import Subject
from publish.checks.words import Text, located, texts
from publish.diagnostics import Log
from publish.document import Code, CodeBlock, Metadata, walk
from publish.records import dataclass
from publish.source import Span
from publish.words import words as words_of

_MOST = 3
"""So many characters of a block are named one by one; more are told of together."""


@dataclass(frozen=True)
class Block:
    """A range of Unicode, what an editor calls it, and free fonts that have it."""

    first: int
    last: int
    name: str
    fonts: str


# Of overlapping ranges the first counts. The fonts are all under the SIL Open Font License.
BLOCKS = tuple(
    Block(first, last, name, fonts)
    for first, last, name, fonts in (
        (0x0100, 0x02AF, "Latin", "Noto Serif"),
        (0x02B0, 0x036F, "phonetic signs and accents", "Noto Serif"),
        (0x0370, 0x03FF, "Greek", "Noto Serif or GFS Didot"),
        (0x0400, 0x052F, "Cyrillic", "Noto Serif or PT Serif"),
        (0x0530, 0x058F, "Armenian", "Noto Serif Armenian"),
        (0x0590, 0x05FF, "Hebrew", "Noto Serif Hebrew or Frank Ruhl Libre"),
        (0x0600, 0x077F, "Arabic", "Noto Naskh Arabic or Amiri"),
        (0x0700, 0x074F, "Syriac", "Noto Sans Syriac"),
        (0x0900, 0x097F, "Devanagari", "Noto Serif Devanagari"),
        (0x0980, 0x09FF, "Bengali", "Noto Serif Bengali"),
        (0x0A00, 0x0A7F, "Gurmukhi", "Noto Serif Gurmukhi"),
        (0x0A80, 0x0AFF, "Gujarati", "Noto Serif Gujarati"),
        (0x0B80, 0x0BFF, "Tamil", "Noto Serif Tamil"),
        (0x0C00, 0x0C7F, "Telugu", "Noto Serif Telugu"),
        (0x0C80, 0x0CFF, "Kannada", "Noto Serif Kannada"),
        (0x0D00, 0x0D7F, "Malayalam", "Noto Serif Malayalam"),
        (0x0D80, 0x0DFF, "Sinhala", "Noto Serif Sinhala"),
        (0x0E00, 0x0E7F, "Thai", "Noto Serif Thai"),
        (0x0E80, 0x0EFF, "Lao", "Noto Serif Lao"),
        (0x0F00, 0x0FFF, "Tibetan", "Noto Serif Tibetan"),
        (0x1000, 0x109F, "Burmese", "Noto Serif Myanmar"),
        (0x10A0, 0x10FF, "Georgian", "Noto Serif Georgian"),
        (0x1100, 0x11FF, "Korean", "Noto Serif KR or Nanum Myeongjo"),
        (0x1200, 0x139F, "Ethiopic", "Noto Serif Ethiopic"),
        (0x1780, 0x17FF, "Khmer", "Noto Serif Khmer"),
        (0x1E00, 0x1EFF, "Latin", "Noto Serif"),
        (0x1F00, 0x1FFF, "Greek", "Noto Serif or GFS Didot"),
        (0x2000, 0x206F, "punctuation", "Noto Serif"),
        (0x2070, 0x20CF, "small figures and signs of money", "Noto Serif"),
        (0x2100, 0x214F, "letter-like signs", "Noto Sans Math"),
        (0x2190, 0x21FF, "arrows", "Noto Sans Math"),
        (0x2200, 0x22FF, "mathematical signs", "Noto Sans Math"),
        (0x2300, 0x23FF, "technical signs", "Noto Sans Symbols 2"),
        (0x2460, 0x24FF, "letters and figures in circles", "Noto Sans Symbols"),
        (0x2500, 0x259F, "lines and boxes", "Noto Sans Mono"),
        (0x25A0, 0x27BF, "signs and ornaments", "Noto Sans Symbols 2"),
        (0x27C0, 0x2AFF, "mathematical signs", "Noto Sans Math"),
        (0x2E80, 0x2FDF, "Chinese", "Noto Serif SC, TC, JP or KR"),
        (0x3000, 0x303F, "Chinese, Japanese and Korean punctuation", "Noto Serif SC, TC, JP or KR"),
        (0x3040, 0x30FF, "Japanese", "Noto Serif JP"),
        (0x3130, 0x318F, "Korean", "Noto Serif KR or Nanum Myeongjo"),
        (0x3200, 0x9FFF, "Chinese", "Noto Serif SC, TC, JP or KR"),
        (0xAC00, 0xD7FF, "Korean", "Noto Serif KR or Nanum Myeongjo"),
        (0xF900, 0xFAFF, "Chinese", "Noto Serif SC, TC, JP or KR"),
        (0xFB1D, 0xFB4F, "Hebrew", "Noto Serif Hebrew or Frank Ruhl Libre"),
        (0xFB50, 0xFDFF, "Arabic", "Noto Naskh Arabic or Amiri"),
        (0xFE70, 0xFEFC, "Arabic", "Noto Naskh Arabic or Amiri"),
        (0xFF00, 0xFFEF, "wide Latin and narrow Japanese", "Noto Serif JP"),
        (0x10330, 0x1034F, "Gothic", "Noto Sans Gothic"),
        (0x12000, 0x1247F, "cuneiform", "Noto Sans Cuneiform"),
        (0x13000, 0x1342F, "hieroglyphs", "Noto Sans Egyptian Hieroglyphs"),
        (0x1D400, 0x1D7FF, "mathematical letters", "Noto Sans Math"),
        (0x1F000, 0x1FAFF, "pictures (emoji)", "Noto Emoji"),
        (0x20000, 0x323AF, "Chinese", "Noto Serif SC, TC, JP or KR"),
    )
)


def glyph_exists(subject: Subject, log: Log) -> None:
    """Find characters that would be printed as empty boxes, each at its first place in a division."""
    if subject.page is None:
        return
    # What could not be read was told of, and U+FFFD stands for it.
    told = {"\ufffd"} if any(d.rule.name in ("file-utf8", "text-characters") for d in log) else set()
    everywhere: set[str] = set()
    for text in texts(subject.publication):
        written = _composed((*(string for string, _ in text.strings()), *_code(text)))
        lacking = subject.page.lacking(written - told)
        _report(_first_places(text, lacking), log)
        everywhere |= lacking
    shown = subject.page.lacking(_composed(_metadata(subject.publication.metadata)))
    _report(dict.fromkeys(sorted(shown - told - everywhere)), log)
    _own_words(subject, {block_of(character) for character in shown | everywhere}, log)


def _own_words(subject: Subject, told: AbstractSet[Block | None], log: Log) -> None:
    """Report once when the words that a book has of itself, as “Contents”, lack glyphs in a block not told of."""
    language = subject.publication.metadata.language
    lacking = lacking_words(language, subject.page.lacking) if subject.page else None
    if lacking and lacking[0] not in told:
        block, word = lacking
        log.report(
            "glyph-exists",
            f"no font of the theme has the letters of the words that a book adds in this language, as “{word}”",
            file="publication.yaml",
            hint=f"put a font that has them into styles/fonts, as {block.fonts}",
        )


def lacking_words(language: str, lacking: Callable[[AbstractSet[str]], AbstractSet[str]]) -> tuple[Block, str] | None:
    """Give the block whose glyphs a book's own words in a language lack, and such a word; ``None`` if there is none.

    ``lacking`` gives those of some characters that no font has.
    """
    for word in words_of(language).values():
        for character in sorted(lacking(_composed((word,)))):
            if block := block_of(character):
                return block, word
    return None


def _composed(strings: Iterable[str]) -> set[str]:
    """Give the characters as a font is asked for them: a letter with its marks as one, where there is one."""
    return set().union(*(unicodedata.normalize("NFC", string) for string in strings))


def _metadata(metadata: Metadata) -> Iterator[str]:
    """Give what the title page and the imprint say."""
    series = metadata.series.title if metadata.series else ""
    yield from (metadata.title, metadata.subtitle, metadata.description, metadata.publisher, metadata.rights, series)
    yield from (person.name for person in metadata.contributors)


def _code(text: Text) -> Iterator[str]:
    return (node.text for node in walk(text.division) if isinstance(node, Code | CodeBlock))


def _first_places(text: Text, characters: AbstractSet[str]) -> dict[str, Span]:
    """Give the first place of each character, in their order; one that was written by its number has the number's."""
    found: dict[str, Span] = {}
    waiting = set(characters)
    for string, words in text.strings() if waiting else ():
        if not waiting.isdisjoint(string):
            for run, places in located(words):
                for character, at in zip(run, places, strict=True):
                    if character in waiting:
                        found[character] = text.source.span(at, at + 1)
                        waiting.discard(character)
    for character in sorted(waiting):
        found[character] = _elsewhere(character, text)
    return dict(sorted(found.items(), key=lambda item: item[1].start))


def _elsewhere(character: str, text: Text) -> Span:
    """Give the place of a character in code, or of the letter and marks that it is put together of."""
    for written in (character, unicodedata.normalize("NFD", character)):
        at = text.written.find(written, text.span.start)
        if at >= 0:
            return text.source.span(at, at + len(written))
    return text.source.span(text.span.start)


def _report(places: Mapping[str, Span | None], log: Log) -> None:
    """Report characters; one without a place stands on the title page."""
    blocks: dict[Block | str, list[str]] = {}
    for character in places:
        blocks.setdefault(block_of(character) or character, []).append(character)
    for block, characters in blocks.items():
        told = characters if len(characters) <= _MOST else characters[:1]
        others = f", nor {len(characters) - 1} others here ({block.name})" if isinstance(block, Block) else ""
        for character in told:
            place = places[character]
            log.report(
                "glyph-exists",
                f"no font of the theme has {_named(character)}{others if len(characters) > len(told) else ''}",
                place,
                file="" if place else "publication.yaml",
                hint=_hint(block),
                about=character,
            )


def _named(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"“{character}” (U+{ord(character):04X}{f' {name}' if name else ''})"


def _hint(block: Block | str) -> str:
    if isinstance(block, Block):
        return f"put a font that has it into styles/fonts, as {block.fonts}, or write it otherwise"
    return "write it otherwise, or put a font that has it into styles/fonts"


def block_of(character: str) -> Block | None:
    """Give the block that a character belongs to, if it is one for which a font is known."""
    return next((block for block in BLOCKS if block.first <= ord(character) <= block.last), None)
