"""From a publication to finished files in place. With the command the only room that reads the environment.

``build`` makes the files, ``examine`` only reads and checks, ``mend`` also writes what is certain into the manuscript,
``make_cover`` makes covers, ``clean`` removes what was made; ``judge_file`` judges a finished file, ``rendition`` and
``rendition_of`` say what a file is made of, ``save`` puts files in place.
Nothing here prints or ends the program: what is wrong goes to the log handed in.
"""

from publish.build.beside import judge_file, rendition_of
from publish.build.cleaning import clean
from publish.build.mending import mend
from publish.build.outcome import Made, Progress, Request, Result, silent
from publish.build.output import save
from publish.build.pipeline import Manuscript, build, examine, rendition
from publish.build.wrapping import Cover, make_cover

__all__ = [
    "Cover",
    "Made",
    "Manuscript",
    "Mended",
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
