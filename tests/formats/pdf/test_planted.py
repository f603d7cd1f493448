"""Every rule of the preflight finds the fault that was planted for it, and nothing else would have found it.

The second half takes the rules out one at a time: what was planted for a rule is then missed. So a rule for which
nothing is planted, and a fault that two rules find, are failures of the tests.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FunctionType, ModuleType

import pytest
from planted import PLANTS
from planting import sound, told

from publish.formats.pdf import verdict
from publish.formats.pdf.preflight import claims, edges, order_of, pages, preflight

RULES_OF = (claims, pages, edges, inspect.getmodule(preflight), verdict)


@pytest.mark.parametrize("name", ["offset", "ingram", "pod-grey"])
def test_a_sound_file_passes(name: str) -> None:
    assert [message for _, message, _ in told(sound(name), name) if "binds books of" not in message] == []
    assert order_of(sound(name)).profile.name == name


@pytest.mark.parametrize("fault", PLANTS)
def test_a_planted_fault_is_found_and_no_other(fault: str) -> None:
    assert PLANTS[fault].told() == sorted(PLANTS[fault].messages)


def test_what_a_printer_would_refuse_is_an_error() -> None:
    advised = {
        fault
        for fault, plant in PLANTS.items()
        for rule, message, _ in told(plant.make(), plant.name)
        if rule == "press-advised" and (plant.few or "binds books of" not in message)
    }
    assert advised == {"few pixels", "too few pages"}


# --- each rule taken out -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rule:
    """A place in a function of the preflight where a fault is told, and what its message looks like."""

    function: FunctionType
    line: int
    message: str

    def __str__(self) -> str:
        plain = re.sub(r"\\(.)", r"\1", self.message.replace(".+", "..."))
        return f"{self.function.__module__.rpartition('.')[2]}.{self.function.__name__}: {plain}"

    def tells(self, message: str) -> bool:
        return re.fullmatch(self.message, message) is not None

    def taken_out(self) -> Callable[..., object]:
        """Give the function without this rule."""
        tree = _tree(self.function)
        (found,) = [node for node in ast.walk(tree) if isinstance(node, ast.Yield) and node.lineno == self.line]
        _Instead(found, ast.YieldFrom(ast.Tuple([], ast.Load()))).visit(tree)
        made: dict[str, Callable[..., object]] = {}
        # The code is the project's own, with one instruction less.
        exec(compile(ast.fix_missing_locations(tree), "<a rule less>", "exec"), dict(self.function.__globals__), made)
        return made[self.function.__name__]


class _Instead(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self._new if node is self._old else self.generic_visit(node)


def _tree(function: FunctionType) -> ast.Module:
    """Give a function's source, read without its decorators and annotations, which nothing here needs."""
    return ast.parse("from __future__ import annotations\n" + inspect.getsource(function))


def rules() -> Iterator[Rule]:
    """Give every place where a fault is told by a message of its own."""
    for module in RULES_OF:
        assert isinstance(module, ModuleType)
        for _, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and (module is not verdict or function.__name__ == "_fonts"):
                yield from _rules(function)


def _rules(function: FunctionType) -> Iterator[Rule]:
    tree = _tree(function)
    named = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Yield) and (message := _message(node.value, named)):
            yield Rule(function, node.lineno, message)


def _message(value: ast.AST | None, named: dict[str, ast.expr]) -> str:
    """Give a pattern of what is told: ``Fault(message)``, ``message, error`` or the message alone."""
    if isinstance(value, ast.Call) and getattr(value.func, "id", "") == "Fault":
        value = value.args[0]
    elif isinstance(value, ast.Tuple):
        value = value.elts[0]
    if isinstance(value, ast.Name):
        value = named.get(value.id)
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return re.escape(value.value)
    if isinstance(value, ast.JoinedStr):
        return "".join(re.escape(str(one.value)) if isinstance(one, ast.Constant) else ".+" for one in value.values)
    return ""


RULES = tuple(rules())


def test_every_planted_fault_is_found_by_a_rule() -> None:
    assert len(RULES) > 35
    messages = {message for plant in PLANTS.values() for message in plant.messages}
    assert [message for message in messages if not any(rule.tells(message) for rule in RULES)] == []


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = {fault: plant for fault, plant in PLANTS.items() if any(map(rule.tells, plant.messages))}
    assert planted, "no fault is planted for this rule"
    monkeypatch.setattr(rule.function, "__code__", rule.taken_out().__code__)
    for fault, plant in planted.items():
        assert set(plant.told()) == {message for message in plant.messages if not rule.tells(message)}, fault
