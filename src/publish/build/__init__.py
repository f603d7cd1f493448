"""From a publication to finished files in place. With the command the only room that reads the environment.

``build`` makes the files, ``examine`` only reads and checks, ``clean`` removes what was made. Nothing here prints or
ends the program: what is wrong goes to the log that the caller hands in.
"""

from publish.build.cleaning import clean
from publish.build.outcome import Made, Progress, Request, Result, silent
from publish.build.pipeline import Manuscript, build, examine

__all__ = ["Made", "Manuscript", "Progress", "Request", "Result", "build", "clean", "examine", "silent"]
