"""C's functions without C's declarations being read anew at every start: a stand-in for ``cffi.FFI``.

WeasyPrint declares what it calls of Pango, HarfBuzz and fontconfig in C, and cffi has a parser written in Python read
that: 50 ms of each start, a fifth of what the layout engine takes to load. ``declared`` holds what came of it (cffi's
documentation, "out-of-line, ABI mode"). Other declarations are read as ever.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

OURS = """
    void pango_layout_line_index_to_x (PangoLayoutLine *line, int index, int trailing, int *x);
    gpointer g_object_ref (gpointer object);
    hb_blob_t * hb_blob_create (const char *data, unsigned int length, int mode, void *user_data, void *destroy);
    hb_face_t * hb_face_create (hb_blob_t *blob, unsigned int index);
"""
"""What this room calls, and WeasyPrint does not."""

_USED = ("NULL", "RTLD_NOW", "buffer", "cast", "from_buffer", "gc", "new", "release", "sizeof", "string", "unpack")


class Foreign:
    """What stands for ``cffi.FFI()``: what is declared decides what is behind it.

    ``read`` gives cffi's own, for declarations that are not known; ``find`` gives the file of a library by its name,
    or ``None`` for one to be looked for under that name.
    """

    def __init__(self, read: Callable[[], Any], find: Callable[[str], str | None]) -> None:
        self._read, self._find = read, find
        self._known: Any = None

    def cdef(self, text: str) -> None:
        """Declare; what this room calls is declared with it."""
        from publish.formats.pdf import declared

        if digest(text) == declared.SOURCE:
            self._known = declared.ffi
        else:
            self._known = self._read()
            self._known.cdef(text)
            self._known.cdef(OURS)
        for name in _USED:  # found in the object itself: they are called a hundred times a line
            setattr(self, name, getattr(self._known, name))

    def dlopen(self, name: str, flags: int = 0) -> Any:
        """Open a library. Raises OSError when there is none."""
        return self._known.dlopen(self._find(name) or name, flags)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._known, name)


def declare(ffi: Any) -> None:
    """Have what this room calls declared, also where cffi's own object is (``native`` was not asked)."""
    if not isinstance(ffi, Foreign) and "publish" not in vars(ffi):
        vars(ffi)["publish"] = ffi.cdef(OURS)


def digest(text: str) -> str:
    """Give what tells declarations, and ours with them, apart."""
    return sha256((text + OURS).encode()).hexdigest()


def declarations() -> str:
    """Give what the WeasyPrint that is installed declares, without loading it."""
    spec = find_spec("weasyprint")
    assert spec is not None and spec.origin is not None
    tree = ast.parse(Path(spec.origin).with_name("text").joinpath("ffi.py").read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    (text,) = [ast.literal_eval(call.args[0]) for call in calls if ast.unparse(call.func) == "ffi.cdef"]
    assert isinstance(text, str)
    return text
