"""Makes a publication that builds at once: settings, a manuscript to write over, a place for styles."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Literal

from publish.project import schema
from publish.project.dates import date as sound_date
from publish.project.languages import language as sound_language
from publish.project.unsound import Unsound
from publish.records import dataclass

Template = Literal["essay", "collection"]


class ScaffoldError(Exception):
    """A publication cannot be made; the message says why in an editor's words, ``hint`` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True)
class Answers:
    """What is known of the publication to be made. ``language`` is a tag (BCP 47), ``date`` is ISO 8601.

    ``author`` is the author of an essay and the editor of a collection.
    """

    title: str
    author: str
    language: str
    date: str


# Files of the new folder, by the templates they are made from.
_COMMON = {"local.css": "styles/local.css", "gitignore": ".gitignore"}
_FILES: Mapping[Template, Mapping[str, str]] = {
    "essay": {
        "essay.yaml": "publication.yaml",
        "half.md": "manuscript/essay.md",
        "half.svg": "manuscript/images/half.svg",
        **_COMMON,
    },
    "collection": {
        "collection.yaml": "publication.yaml",
        "introduction.md": "manuscript/introduction.md",
        "half.md": "manuscript/the-half-that-is-the-same.md",
        "page.md": "manuscript/where-the-text-stands.md",
        "acknowledgements.md": "manuscript/acknowledgements.md",
        "half.svg": "manuscript/images/half.svg",
        "page.svg": "manuscript/images/page.svg",
        **_COMMON,
    },
}

TEMPLATES: tuple[Template, ...] = tuple(_FILES)
"""The templates there are."""


def create(folder: Path, template: Template, answers: Answers) -> tuple[Path, ...]:
    """Make a publication in a folder, new or there already, and give the paths of its files.

    Raises ScaffoldError, having written nothing that stays, for an answer that cannot be used, for a folder that
    holds any of the files already, and for one that cannot be written.
    """
    if template not in _FILES:
        raise ScaffoldError(f"there is no template “{template}”", f"take one of {', '.join(TEMPLATES)}")
    texts = {**_filled(template, _checked(answers)), **_schemas()}
    _refuse_to_overwrite(folder, texts)
    return _write({folder / name: text for name, text in texts.items()})


def _checked(answers: Answers) -> Answers:
    """Give the answers in their usual form. Raises ScaffoldError."""
    try:
        return Answers(
            title=_words(answers.title, "title"),
            author=_words(answers.author, "author"),
            language=sound_language(answers.language.strip()),
            date=sound_date(answers.date.strip()),
        )
    except Unsound as unsound:
        raise ScaffoldError(unsound.message, unsound.hint) from unsound


def _words(text: str, what: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise ScaffoldError(f"a publication needs its {what}")
    if re.search(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]", words):
        raise ScaffoldError(f"the {what} holds a character that cannot be printed")
    return words


def _filled(template: Template, answers: Answers) -> dict[str, str]:
    """Fill the templates in; give the texts by the names of their files."""
    blanks = _blanks(template, answers)
    return {name: _fill(source, blanks) for source, name in _FILES[template].items()}


def _blanks(template: Template, answers: Answers) -> Mapping[str, str]:
    year = answers.date[:4]
    english = answers.language.split("-")[0] == "en"
    # A collection's essays are nobody's of those who are asked; the drawings and the prose are ours.
    essayist = answers.author if template == "essay" else "The editors of publish"
    return {
        "title": _yaml(answers.title),
        "author": _yaml(answers.author),
        "essayist": _yaml(essayist),
        "language": answers.language,
        "date": answers.date,
        "rights": _yaml(f"© {year} {answers.author}"),
        "signature": _markdown(answers.author),
        # The sample is English whatever the publication is, and must be hyphenated and read aloud as such.
        "sample-language": "" if english else "lang: en",
    }


def _fill(source: str, blanks: Mapping[str, str]) -> str:
    text = (files("publish.scaffold") / "templates" / source).read_text(encoding="utf-8")
    text = re.sub(r"^@sample-language@\n", f"{blanks['sample-language']}\n".lstrip("\n"), text, flags=re.MULTILINE)
    return re.sub(r"@([a-z-]+)@", lambda found: blanks.get(found[1], found[0]), text)


def _yaml(text: str) -> str:
    # A JSON string is a double-quoted scalar of YAML 1.2 (section 1.3 there).
    return json.dumps(text, ensure_ascii=False)


def _markdown(text: str) -> str:
    return re.sub(r"([\\`*_\[\]{}>#!])", r"\\\1", text).replace("<", "&lt;")


def _schemas() -> dict[str, str]:
    return {f".publish/{name}.schema.json": schema.stored(name) for name in schema.NAMES}


def _refuse_to_overwrite(folder: Path, texts: Mapping[str, str]) -> None:
    if folder.exists() and not folder.is_dir():
        raise ScaffoldError(f"{folder} is a file, not a folder")
    for name in ("publication.yml", *texts):
        path = folder / name
        if path.exists() or path.is_symlink():
            raise ScaffoldError(f"{path} is there already, and nothing is overwritten", "choose another folder")


def _write(texts: Mapping[Path, str]) -> tuple[Path, ...]:
    """Write new files; take those written away again when one of them cannot be."""
    undo: list[Callable[[], object]] = []
    try:
        for path, text in texts.items():
            _make_folder(path.parent, undo)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                undo.append(path.unlink)
                file.write(text)
    except OSError as error:
        for step in reversed(undo):
            with suppress(OSError):
                step()
        message = f"{error.filename or 'the folder'} cannot be written: {(error.strerror or str(error)).lower()}"
        raise ScaffoldError(message) from error
    return tuple(texts)


def _make_folder(folder: Path, undo: list[Callable[[], object]]) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent, undo)
    folder.mkdir()
    undo.append(folder.rmdir)
