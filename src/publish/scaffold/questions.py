"""The questions that ``publish new`` may ask, with the answers it takes when nobody is asked."""

from __future__ import annotations

from pathlib import Path

from publish.project.slugs import humanised
from publish.records import dataclass
from publish.scaffold.create import TEMPLATES


@dataclass(frozen=True)
class Question:
    """A question: the name of its answer, the words to ask it in, the usual answer, and the only ones if few."""

    name: str
    words: str
    usual: str
    choices: tuple[str, ...] = ()

    def guess(self, folder: Path) -> str:
        """Give the answer to propose for a publication in this folder: its title is read from the folder's name."""
        if self.name != "title":
            return self.usual
        return humanised(folder.absolute().name) or self.usual


QUESTIONS = (
    Question("title", "What is its title?", "Untitled"),
    Question("author", "Who writes or edits it?", "The editors"),
    Question("language", "In which language is it (en, en-GB, fr, ru, ...)?", "en"),
    Question("template", "A single essay or a collection?", "essay", TEMPLATES),
)
"""At most four. All but ``template`` are fields of Answers."""
