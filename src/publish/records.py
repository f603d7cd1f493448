"""Dataclasses that are there sooner: a frozen one shares all its methods but ``__init__`` with all others.

``dataclasses`` writes and compiles six methods for every frozen class, half a millisecond of each start for one of
them, and there are two hundred. Here only ``__init__`` is written. Everything else is left to ``dataclasses``, which
knows these classes as its own: ``fields``, ``replace`` and ``asdict`` work as ever.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls: type | None = None, /, **options: bool) -> Any:
        """Do what ``dataclasses.dataclass`` does, which type checkers take this for."""
        if cls is None:
            return lambda cls: dataclass(cls, **options)
        if options == {"frozen": True} and not cls.__dict__.keys() & _METHODS.keys():
            return _record(cls)
        return dataclasses.dataclass(**options)(cls)


def _record(cls: Any) -> Any:
    """Make a frozen dataclass of a class that has none of the methods that such a one gets."""
    cls.__doc__ = cls.__doc__ or cls.__name__  # else ``dataclasses`` works out a signature to say there
    cls = dataclasses.dataclass(init=False, repr=False, eq=False)(cls)
    fields = dataclasses.fields(cls)
    cls.__init__ = _initialiser(cls, fields)
    cls.__compared__ = staticmethod(_getter([field.name for field in fields if field.compare]))
    cls.__shown__ = tuple(field.name for field in fields if field.repr)
    for name, method in _METHODS.items():
        setattr(cls, name, method)
    return cls


def _getter(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Give what takes the values of these names from an object, always as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda self: tuple(getattr(self, name) for name in names)


def _initialiser(cls: Any, fields: Sequence[Field[Any]]) -> Any:
    """Write ``__init__``: it puts the values where nobody can put any afterwards."""
    places: list[str] = []
    lines = ["__values__ = self.__dict__"]
    known: dict[str, Any] = {"MISSING": MISSING}
    for field in sorted(fields, key=lambda field: field.kw_only is True):
        name, made = field.name, field.default_factory is not MISSING
        known[f"_{name}"] = field.default_factory if made else field.default
        if not field.init:  # left to ``__post_init__``, or to the default that the class has
            lines += [f"__values__['{name}'] = _{name}()"] if made else []
            continue
        default = "" if known[f"_{name}"] is MISSING else "=MISSING" if made else f"=_{name}"
        if field.kw_only and "*" not in places:
            places.append("*")
        places.append(name + default)
        lines.append(f"__values__['{name}'] = {f'_{name}() if {name} is MISSING else {name}' if made else name}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    exec(f"def __init__({', '.join(['self', *places])}):\n " + "\n ".join(lines), known)
    method = known["__init__"]
    method.__qualname__, method.__module__ = f"{cls.__qualname__}.__init__", cls.__module__
    return method


def _equal(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self.__compared__(self) == self.__compared__(other)


def _hash(self: Any) -> int:
    return hash(self.__compared__(self))


@recursive_repr()
def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__shown__)
    return f"{self.__class__.__qualname__}({shown})"


def _set(self: Any, name: str, value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


_METHODS = {
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _set,
    "__delattr__": _delete,
}
