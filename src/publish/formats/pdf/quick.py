"""Start the layout process sooner: leave out what it loads and then does not use.

WeasyPrint loads two large parts of fontTools for the case that HarfBuzz cannot cut a font down, and for variable
fonts. Both are put off here until they are asked for.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType
from typing import Any

_INSTANCER = "fontTools.varLib.instancer"


def put_off() -> None:
    """Put those parts off. To be called once, before WeasyPrint is imported."""
    _put_off_module("fontTools.subset")
    _stand_in_for_instancer()


def _put_off_module(name: str) -> None:
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        return
    spec.loader = LazyLoader(spec.loader)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    parent, _, child = name.rpartition(".")
    setattr(sys.modules[parent], child, module)


def _stand_in_for_instancer() -> None:
    """``from fontTools.varLib.instancer import instantiateVariableFont`` gets a function that loads the real one."""
    package, module = ModuleType("fontTools.varLib"), ModuleType(_INSTANCER)
    stand_ins = {"fontTools.varLib": package, _INSTANCER: module}

    def instantiate(*arguments: Any, **named: Any) -> Any:
        for name, stand_in in stand_ins.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]
        return import_module(_INSTANCER).instantiateVariableFont(*arguments, **named)

    module.instantiateVariableFont = instantiate  # type: ignore[attr-defined]
    sys.modules.update(stand_ins)
