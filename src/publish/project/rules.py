"""The key ``rules``: warnings switched off by name."""

from __future__ import annotations

from publish.diagnostics import RULES, Log, Severity, did_you_mean
from publish.project.kinds import Flag, Schema, is_empty, wrong_kind
from publish.project.unsound import cut
from publish.project.yaml import Map, Pair, Value
from publish.records import dataclass


@dataclass(frozen=True)
class Rules:
    """A map of rules to ``off`` or ``on``."""

    def read(self, value: Value, name: str, log: Log) -> tuple[str, ...] | None:
        """Give the names of the warnings that are off."""
        if not isinstance(value, Map):
            if not is_empty(value):
                wrong_kind(value, name, "names of rules with “off”", log)
            return None
        return tuple(pair.key.text for pair in value.pairs if self._off(pair, log))

    def _off(self, pair: Pair, log: Log) -> bool:
        name = pair.key.text
        rule = RULES.get(name)
        if rule is None:
            hint = did_you_mean(name, list(RULES))
            log.report("rule-known", f"there is no rule “{cut(name)}”", pair.key.span, hint=hint)
            return False
        off = Flag().read(pair.value, name, log) is False
        if off and rule.severity is not Severity.WARNING:
            log.report("rule-known", f"“{name}” is no warning: only warnings can be switched off", pair.key.span)
            return False
        return off

    def schema(self, shared: dict[str, Schema]) -> Schema:
        """Every warning there is."""
        warnings = [rule for rule in RULES.values() if rule.severity is Severity.WARNING]
        properties = {rule.name: {"description": rule.holds, **Flag().schema(shared)} for rule in warnings}
        return {"type": ["object", "null"], "additionalProperties": False, "properties": properties}
