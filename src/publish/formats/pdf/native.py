"""Where the C libraries are that lay out text: Pango and what it stands on.

WeasyPrint asks for each under half a dozen names, and Python looks for a name that is not there by starting a
compiler. Here each library is asked for under the one name that it has on this kind of machine, first in the places
where users have it: ``PUBLISH_LIB_DIR``, the wheel ``gstreamer-libs`` (macOS, Windows), Homebrew, MacPorts, MSYS2.
An absolute path also frees macOS from DYLD variables, which the system strips from child processes.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple


class Library(NamedTuple):
    """A library: its stem (WeasyPrint's names for it without prefix, suffix and version), and its file on each kind
    of machine. ``needed`` is false for one that WeasyPrint does without.
    """

    stem: str
    linux: str
    mac: str
    windows: str
    needed: bool = True

    @property
    def file(self) -> str:
        """Its file's name on this machine."""
        return {"darwin": self.mac, "win32": self.windows}.get(sys.platform, self.linux)


LIBRARIES = (
    Library("gobject-2.0", "libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "gobject-2.0-0.dll"),
    Library("pango-1.0", "libpango-1.0.so.0", "libpango-1.0.0.dylib", "pango-1.0-0.dll"),
    Library("pangoft2-1.0", "libpangoft2-1.0.so.0", "libpangoft2-1.0.0.dylib", "pangoft2-1.0-0.dll"),
    Library("harfbuzz", "libharfbuzz.so.0", "libharfbuzz.0.dylib", "harfbuzz.dll"),
    Library("harfbuzz-subset", "libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "harfbuzz-subset.dll"),
    Library("harfbuzz-vector", "libharfbuzz-vector.so.0", "libharfbuzz-vector.0.dylib", "harfbuzz-vector.dll", False),
    Library("fontconfig", "libfontconfig.so.1", "libfontconfig.1.dylib", "fontconfig-1.dll"),
)

_MAC_FOLDERS = ("/opt/homebrew/lib", "/usr/local/lib", "/opt/local/lib")
_WINDOWS_FOLDERS = (
    r"C:\msys64\ucrt64\bin",
    r"C:\msys64\mingw64\bin",
    r"C:\Program Files\GTK3-Runtime Win64\bin",
)


class Found(NamedTuple):
    """A library as it was found: where (``None``: nowhere), and in which version (empty: it does not say)."""

    library: str
    path: str | None
    version: str


def stem(name: str) -> str:
    """Give the stem of a library's name: ``libpango-1.0.so.0`` and ``pango-1.0-0`` both make ``pango-1.0``."""
    base = re.sub(r"\.dll$|\.dylib$|\.so(\.\d+)*$", "", Path(name).name).removeprefix("lib")
    base = base.removesuffix("-0.0")
    return base if re.search(r"-\d\.0$", base) else re.sub(r"[-.][01]$", "", base)


def folders() -> Iterator[Path]:
    """Give the folders to look in before the system's own, best first."""
    for variable in ("PUBLISH_LIB_DIR", "WEASYPRINT_DLL_DIRECTORIES"):
        yield from (Path(p) for p in os.environ.get(variable, "").split(os.pathsep) if p)
    spec = find_spec("gstreamer_libs")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        yield from (Path(place, "bin"), Path(place, "lib"))
    if sys.platform == "darwin":
        yield from map(Path, _MAC_FOLDERS)
    elif sys.platform == "win32":
        yield from map(Path, _WINDOWS_FOLDERS)


def candidates() -> dict[str, Path]:
    """Give the file for each library's stem that one of the folders holds."""
    known = {library.stem for library in LIBRARIES}
    found: dict[str, Path] = {}
    for folder in filter(Path.is_dir, folders()):
        if sys.platform == "win32":
            os.add_dll_directory(str(folder))
        for file in sorted(folder.iterdir()):
            if re.search(r"\.(dll|dylib)$|\.so(\.\d+)*$", file.name) and stem(file.name) in known:
                found.setdefault(stem(file.name), file.absolute())
    return found


def install() -> None:
    """Make cffi look for our libraries where they are. To be called once, before WeasyPrint is imported."""
    import cffi  # type: ignore[import-untyped]

    from publish.formats.pdf.foreign import Foreign

    files = candidates()
    cffi.FFI = partial(Foreign, cffi.FFI, partial(_file, files))


def _file(files: Mapping[str, Path], name: str) -> str | None:
    """Give the file to open for a library that is asked for by one of its names; ``None`` when it is not one of ours.

    Raises OSError at once where cffi would go and search with a compiler.
    """
    import ctypes

    library = next((library for library in LIBRARIES if library.stem == stem(name)), None)
    if library is None:
        return None
    if library.stem in files:
        return str(files[library.stem])
    if sys.platform in ("darwin", "win32"):
        return None
    ctypes.CDLL(library.linux)
    return library.linux


def missing() -> tuple[str, ...]:
    """Give the files of the needed libraries that cannot be loaded."""
    found = {item.library: item.path for item in inspect()}
    return tuple(library.file for library in LIBRARIES if library.needed and found[library.stem] is None)


def inspect() -> list[Found]:
    """Load every library and say where it is and in which version. A broken library can kill the process."""
    import ctypes

    files = candidates()
    result = []
    for library in LIBRARIES:
        asked = str(files.get(library.stem, library.file))
        try:
            loaded = ctypes.CDLL(asked)
        except OSError:
            result.append(Found(library.stem, None, ""))
        else:
            path = asked if library.stem in files else _loaded_from(library.file)
            result.append(Found(library.stem, path, _version(library.stem, loaded)))
    return result


def report() -> list[Found]:
    """Say of every library where it is and in which version, asked in a child process."""
    from publish import child

    outcome = child.run(child.start(__name__), silence=60, total=60)
    told = {item[0]: Found(*item) for item in outcome.last.get("libraries", ())}
    return [told.get(library.stem, Found(library.stem, None, "")) for library in LIBRARIES]


def _loaded_from(file: str) -> str:
    """Give the path of a library that the system found by its name, where the system tells."""
    maps = Path("/proc/self/maps")
    if maps.exists():
        for line in maps.read_text().splitlines():
            path = line.partition("/")
            if path[1] and Path("/" + path[2]).name.startswith(file):
                return "/" + path[2]
    return file


def _version(name: str, loaded: Any) -> str:
    import ctypes

    try:
        if name.startswith("harfbuzz"):
            return _string(loaded.hb_version_string)
        if name.startswith("pango"):
            return _string(loaded.pango_version_string)
        if name == "fontconfig":
            number = loaded.FcGetVersion()
            return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
        parts = (ctypes.c_uint.in_dll(loaded, f"glib_{part}_version").value for part in ("major", "minor", "micro"))
        return ".".join(map(str, parts))
    except (AttributeError, ValueError):
        return ""


def _string(function: Any) -> str:
    import ctypes

    function.restype = ctypes.c_char_p
    return (function() or b"").decode()


if __name__ == "__main__":
    print(json.dumps({"libraries": inspect(), "size": 0}), flush=True)
