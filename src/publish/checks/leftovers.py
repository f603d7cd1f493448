"""Commands for another program, and marks of Markdown that Markdown does not see: both would be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from publish.checks.subject import Subject
from publish.checks.words import Text, texts
from publish.diagnostics import Edit, Fix, Log
from publish.project.unsound import cut
from publish.records import dataclass
from publish.source import Source, Span

_LATEX = (
    "begin|end|chapter|(?:sub)*section|paragraph|textbf|textit|textsc|textsuperscript|textsubscript|texttt|textcolor|emph|underline"
    "|footnote|footnotemark|footnotetext|endnote|cite[a-z]*|parencite|textcite|autocite|nocite|ref|autoref|cref|Cref|eqref"
    "|pageref|label|index|gls|includegraphics|input|include|usepackage|documentclass|bibliography|printbibliography"
    "|caption|centering|hspace|vspace|url|href|quote|enquote"
)
_LATEX_ALONE = (
    "newpage|clearpage|cleardoublepage|pagebreak|nopagebreak|linebreak|newline|noindent|indent|tableofcontents|maketitle"
    "|listoffigures|listoftables|printindex|frontmatter|mainmatter|backmatter|appendix|bigskip|medskip|smallskip|hfill|vfill"
    "|hline|LaTeX|TeX|ldots|dots"
)


@dataclass(frozen=True)
class Leftover:
    """Something that another program would have obeyed: how it is written, what it is, what to write instead."""

    written: str
    what: str
    hint: str


_PAGEBREAK = "publish breaks pages by itself; delete it"
_OWN = {
    "pagebreak": _PAGEBREAK,
    "figure": 'write ![Caption](picture.png){alt="Description"}',
    "image": 'write ![Caption](picture.png){alt="Description"}',
    "img": 'write ![Caption](picture.png){alt="Description"}',
    "video": "a book shows no film; write a link to it",
    "youtube": "a book shows no film; write a link to it",
    "include": "put the text itself here, or make the file a division of its own",
    "quote": "write a quotation with > before each line",
    "note": "write a block ::: note",
    "tip": "write a block ::: tip",
    "warning": "write a block ::: warning",
    "toc": "the table of contents is made from the headings; delete it",
    "footnote": "write [^1] here and [^1]: with the note's words below",
    "newpage": _PAGEBREAK,
    "clearpage": _PAGEBREAK,
    "cleardoublepage": _PAGEBREAK,
    "emph": "write *words*",
    "textit": "write *words*",
    "textbf": "write **words**",
    "includegraphics": 'write ![Caption](picture.png){alt="Description"}',
    "tableofcontents": "the table of contents is made from the headings; delete it",
    "href": "write [words](address)",
    "url": "write <address>",
    "ldots": "write …",
    "dots": "write …",
    "label": "give the heading or the figure a name: {#name}",
    "ref": "write @name, or [words](#name)",
    "gallery": 'write each picture as ![Caption](picture.png){alt="Description"}',
    "caption": 'write ![Caption](picture.png){alt="Description"}',
}
_ITSELF = "write what it stands for"

# In order: of two that begin at one place the first is meant. A name in the group “name” may have a hint of its own.
LEFTOVERS = (
    Leftover(r"\{\{[<%]\s*/?(?P<name>[\w-]*).*?[%>]\}\}", "a shortcode of Hugo or Quarto", _ITSELF),
    Leftover(r"\{\{#(?P<name>\w+)[^}\n]*\}\}", "a command of mdBook", "put the text itself here"),
    Leftover(r"\{\{\s*TOC[^}\n]*\}\}", "a mark of MultiMarkdown for a table of contents", _OWN["toc"]),
    Leftover(r"\{\{[^{}\n]*\}\}", "a variable of Jinja, Liquid or Handlebars", _ITSELF),
    Leftover(r"\{%-?\s*(?P<name>\w*)[^\n]*?%\}", "a command of Jekyll, Liquid or Jinja", _ITSELF),
    Leftover(r"\{#[^\w}\n][^{}\n]*#\}", "a comment of Jinja", "write <!-- … -->, or delete it"),
    Leftover(r"<%[^\n]*?%>", "a command of ERB or EJS", _ITSELF),
    Leftover(
        r"!?\[\[_?(?i:toc)_?\]\]|(?m:^[ \t]*@?\[(?i:toc)\][ \t]*$)", "a mark for a table of contents", _OWN["toc"]
    ),
    Leftover(r"!\[\[[^\[\]\n]+\]\]", "a picture or page embedded as Obsidian does it", _OWN["image"]),
    Leftover(r"\[\[[^\[\]\n]+\]\]", "a link as wikis and Obsidian have it", "write [words](file.md) or [words](#name)"),
    Leftover(rf"\\(?P<name>{_LATEX})\*?(?:\[[^\]\n]*\])*\{{[^}}\n]*\}}", "a command of LaTeX", "write it in Markdown"),
    Leftover(rf"\\(?P<name>{_LATEX_ALONE})(?![A-Za-z])(?:\{{\}})?", "a command of LaTeX", "write it in Markdown"),
    Leftover(
        r"\{(?P<name>page-?break|(?:front|main|back)matter|/?(?:aside|blurb|quiz|exercise)|(?:sample|width): ?\w+)\}",
        "a command of Leanpub (Markua)",
        "delete it, or write a block with :::",
    ),
    Leftover(r"\{[a-z][a-z:-]*\}(?=`)", "a role of MyST", "write @name for a reference, [@key] for a citation"),
    Leftover(r"(?<![\w:]):[a-z][a-z:-]*:(?=`)", "a role of reStructuredText", "write [words](#name) or *words*"),
    Leftover(
        r"(?m:^[ \t]*)\.\. (?P<name>[a-z-]+)::[^\n]*", "a directive of reStructuredText", "write a block with :::"
    ),
    Leftover(r"(?<!\w)(?:image|include|video|toc)::[^\s\[]*\[[^\]\n]*\]", "a command of AsciiDoc", _ITSELF),
    Leftover(
        r"\[(?P<name>caption|gallery|audio|video|playlist|embed|footnote|ref)\b(?:\s[^\]\n]*=[^\]\n]*)?\](?=.*\[/(?P=name)\])"
        r"|\[/(?:caption|gallery|audio|video|playlist|embed|footnote|ref)\]"
        r"|\[(?:caption|gallery|audio|video|playlist|embed) [^\]\n]*=[^\]\n]*\]",
        "a shortcode of WordPress",
        "write what it stands for in Markdown",
    ),
    Leftover(
        r"\{:[^}\n]*\}", "a list of attributes of kramdown", "braces stand right behind what they are about: {.class}"
    ),
    Leftover(
        r"\{(?:[#.][A-Za-z][\w-]*|[a-z][\w-]*=(?:\"[^\"\n]*\"|[^\s}\"]+))(?:\s[^{}\n]*)?\}",
        "a list of attributes that belongs to nothing here",
        "braces stand right behind a heading, a picture, a link or [words]",
    ),
    Leftover(
        r"(?m:^[ \t>]*):::+[^\n]*", "the mark of a block", "begin it at the beginning of a line, and close it with :::"
    ),
    Leftover(r"(?<!%)%%[^%\n]+%%(?!%)", "a comment of Obsidian", "write <!-- … -->, or delete it"),
    Leftover(r"\A\+\+\+[ \t]*$", "how Hugo begins metadata in TOML", "write it as YAML between lines ---"),
)


@cache
def _any() -> re.Pattern[str]:
    """Give one pattern of them all. Few texts need it, and it takes 4 ms to make."""
    numbered = (re.sub(r"\(\?P(<|=)name(>|\))", rf"(?P\1name{i}\2", one.written) for i, one in enumerate(LEFTOVERS))
    return re.compile("|".join(f"(?P<_{i}>{pattern})" for i, pattern in enumerate(numbered)))


# Every leftover holds one of these; most texts hold none, and need no closer look. That each begins with a character
# of its own lets the whole text be passed over in one go.
_GLANCE = re.compile(
    r"\{[{%:#.a-z/]|<%|\[\[|\[(?i:toc)|\[/?(?:caption|gallery|audio|video|playlist|embed|footnote|ref)\b"
    r"|\\[A-Za-z]|:`|::|%%|\+\+\+"
)


def no_template_syntax(subject: Subject, log: Log) -> None:
    """Find what another program would have replaced or obeyed; code may show such things, text may not."""
    said = {d.span for d in log if d.rule.name == "attributes-wellformed"}
    for text in texts(subject.publication):
        for found in _leftovers(text):
            if text.source.span(_start(found), _start(found) + 1) in said:
                continue
            number, name = _kind(found)
            one = LEFTOVERS[number]
            message = f"“{cut(found[0].strip(), 40)}” is {one.what}, and would be printed as it stands"
            span = text.source.span(_start(found), found.end())
            log.report("no-template-syntax", message, span, hint=_OWN.get(name.lower(), one.hint))


def _leftovers(text: Text) -> Iterator[re.Match[str]]:
    """Look closer at each line in which the glance saw something."""
    title = text.division.title_span
    if title and title.start < text.span.start:
        yield from _within(text, title.start, title.end)
    yield from _within(text, text.span.start, len(text.written))


def _within(text: Text, at: int, finish: int) -> Iterator[re.Match[str]]:
    written = text.written
    while glance := _GLANCE.search(written, at, finish):
        at = max(at, written.rfind("\n", 0, glance.start()) + 1)
        end = written.find("\n", glance.start(), finish) % (finish + 1)
        while found := _any().search(written, at, end):
            start = _start(found)
            escaped = written[start - 1 : start] == "\\" and written[start] != "\\"
            told = not escaped and text.is_printed(start)
            at = max(found.end(), start + 1) if told else start + 1
            if told:
                yield found
        at = end


def _start(found: re.Match[str]) -> int:
    """Give where the thing itself begins, behind the marks before it in its line."""
    return found.start() + len(found[0]) - len(found[0].lstrip(" \t>"))


def _kind(found: re.Match[str]) -> tuple[int, str]:
    number = next(i for i in range(len(LEFTOVERS)) if found[f"_{i}"] is not None)
    groups = found.groupdict()
    return number, (groups.get(f"name{number}") or "")


# --- marks that are not seen ----------------------------------------------------------------------------------------

_GLUED = re.compile(r"^[ \t>]*(?P<marks>#{2,6})(?=[\w\"“„«*\[])", re.MULTILINE)
_ITEM = re.compile(r"[ \t>]*(?P<number>\d{1,9})(?P<sign>[.)])[ \t]+\S")
_DEEP = re.compile(r"(?: {4,}|\t)[ \t]*[-+*][ \t]+\S")


def heading_marked(subject: Subject, log: Log) -> None:
    """Find ``##Words``: without the space it is no heading but text."""
    for text in texts(subject.publication):
        for paragraph in text.paragraphs() if _GLUED.search(text.written, text.span.start) else ():
            for found in _GLUED.finditer(text.written, _line_start(text.source, paragraph), paragraph.end):
                marks = text.source.span(found.start("marks"), found.end("marks"))
                if text.is_printed(marks.start):
                    message = f"without a space behind {marks.text} this is no heading"
                    fix = Fix("put a space behind the marks", (Edit(text.source.span(marks.end), " "),))
                    log.report("heading-marked", message, marks, hint=f"write: {marks.text} and a space", fix=fix)


def _line_start(source: Source, span: Span) -> int:
    return source.offset(span.begin.line)


def list_apart(subject: Subject, log: Log) -> None:
    """Find lines of a paragraph that are numbered one after another, or begin with bullets: lists run together."""
    for text in texts(subject.publication):
        for paragraph in text.paragraphs():
            if "\n" in paragraph.text:
                _run_together(text, paragraph, log)


def _run_together(text: Text, span: Span, log: Log) -> None:
    source = text.source
    numbers = range(span.begin.line + 1, span.finish.line + 1)
    lines = {number: source.line(number) for number in numbers}
    for number, line in lines.items():
        following = lines.get(number + 1, "")
        if _follow(line, following):
            start = source.span_of_line(number)
            message = "this looks like a list, but does not begin with 1 and so goes on with the paragraph"
            fix = Fix("put a blank line before the list", (Edit(source.span(source.offset(number)), "\n"),))
            plain = line[:1] not in " \t>"
            hint = "put a blank line before it"
            log.report("list-apart", message, start, hint=hint, fix=fix if plain else None)
            return
        if _DEEP.match(line) and _DEEP.match(following):
            message = "this looks like a list, but is indented so far that it goes on with the paragraph"
            log.report("list-apart", message, source.span_of_line(number), hint="begin it at the beginning of the line")
            return


def _follow(line: str, following: str) -> bool:
    """Whether two lines are numbered one after the other, not from 1."""
    one, two = _ITEM.match(line), _ITEM.match(following)
    return bool(one and two and one["sign"] == two["sign"] and int(one["number"]) + 1 == int(two["number"]) != 2)
