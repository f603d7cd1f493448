"""From a publication to finished files in place. With the command the only room that reads the environment.

``build`` makes the files, ``examine`` only reads and checks, ``mend`` also writes what is certain into the manuscript,
``make_cover`` makes covers, ``clean`` removes what was made; ``judge_file`` judges a finished file, ``rendition`` and
``rendition_of`` say what a file is made of, ``save`` puts files in place.
Nothing here prints or ends the program: what is wrong goes to the log handed in. Names are loaded when they are first
used: an unchanged publication needs few of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from publish.build.beside import judge_file, rendition_of
    from publish.build.cleaning import clean
    from publish.build.front import build
    from publish.build.manuscript import Manuscript, examine
    from publish.build.mending import mend
    from publish.build.outcome import Made, Progress, Request, Result, silent
    from publish.build.output import save
    from publish.build.pipeline import rendition
    from publish.build.wrapping import Cover, make_cover

__all__ = [
    "Cover",
    "Made",
    "Manuscript",
    "Progress",
    "Request",
    "Result",
    "build",
    "clean",
    "examine",
    "judge_file",
    "make_cover",
    "mend",
    "rendition",
    "rendition_of",
    "save",
    "silent",
]

_HOMES = {
    "Cover": "wrapping",
    "Made": "outcome",
    "Manuscript": "manuscript",
    "Progress": "outcome",
    "Request": "outcome",
    "Result": "outcome",
    "build": "front",
    "clean": "cleaning",
    "examine": "manuscript",
    "judge_file": "beside",
    "make_cover": "wrapping",
    "mend": "mending",
    "rendition": "pipeline",
    "rendition_of": "beside",
    "save": "output",
    "silent": "outcome",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return value
