"""The command ``publish``: the only room that prints and ends the program.

What was made (paths, or JSON) goes to standard output; everything for people goes to standard error.

Exit codes: 0 all is well; 1 something is wrong in the manuscript or in a file made; 2 the command was used wrongly, or
publication.yaml or the publication itself cannot be used; 3 something is missing on this machine; 70 the
fault is ours; 130 stopped with Ctrl-C.
"""

from publish.cli.main import main, run

__all__ = ["main", "run"]
