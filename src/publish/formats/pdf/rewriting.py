"""A function of the engine written anew from its own text, where a few words of it are to be other words."""

from __future__ import annotations

import inspect
from typing import Any


def rewrite(module: Any, function: Any, changes: tuple[tuple[str, str], ...]) -> None:
    """Replace a function of a module by one whose text has these changes. Raises RuntimeError for another text.

    A copy would be 200 lines of another's, of which a few are ours.
    """
    source = inspect.getsource(function)
    for old, new in changes:
        if source.count(old) != 1:
            raise RuntimeError(f"{function.__module__}.{function.__name__} is not the function that we know")
        source = source.replace(old, new)
    exec(compile(source, module.__file__, "exec"), vars(module))
