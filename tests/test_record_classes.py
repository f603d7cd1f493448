"""A record is a frozen dataclass: each of these holds for both."""

from __future__ import annotations

import dataclasses
import pickle
from dataclasses import FrozenInstanceError, field
from functools import cached_property
from typing import Any

import pytest

from publish import records


class Plain:
    name: str
    many: tuple[int, ...] = ()
    seen: list[str] = field(default_factory=list)
    where: int = field(default=7, compare=False, kw_only=True)
    secret: str = field(default="x", repr=False)
    length: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", len(self.name))

    @cached_property
    def doubled(self) -> str:
        return self.name * 2


def _twin(make: Any) -> Any:
    body = {key: value for key, value in vars(Plain).items() if key not in ("__dict__", "__weakref__")}
    return make(type("Plain", (), body))


BOTH = [_twin(dataclasses.dataclass(frozen=True)), _twin(records.dataclass(frozen=True))]


@pytest.fixture(params=BOTH, ids=["dataclasses", "records"])
def cls(request: pytest.FixtureRequest) -> Any:
    return request.param


def test_what_is_given_and_what_is_not(cls: Any) -> None:
    made = cls("a", (1,), where=3)
    assert (made.name, made.many, made.seen, made.where, made.secret, made.length) == ("a", (1,), [], 3, "x", 1)
    assert cls("a").seen is not cls("a").seen


@pytest.mark.parametrize(("given", "named"), [((), {}), (("a", (), [], "x", 5), {}), (("a",), {"length": 1})])
def test_what_cannot_be_given(cls: Any, given: Any, named: Any) -> None:
    with pytest.raises(TypeError):
        cls(*given, **named)


def test_equal_by_what_is_compared(cls: Any) -> None:
    assert cls("a", where=1) == cls("a", where=2)
    assert cls("a") != cls("b")
    assert cls("a") != "a"
    assert cls("a", (1,)).__eq__(("a", (1,))) is NotImplemented


def test_hashes_go_with_equality(cls: Any) -> None:
    assert hash(cls("a", seen=(), where=1)) == hash(cls("a", seen=(), where=2))
    with pytest.raises(TypeError):
        hash(cls("a"))  # a list cannot be hashed


def test_nothing_is_set_or_deleted(cls: Any) -> None:
    made = cls("a")
    with pytest.raises(FrozenInstanceError):
        made.name = "b"
    with pytest.raises(FrozenInstanceError):
        del made.name
    assert made.doubled == "aa"


def test_shown_with_its_values_and_without_secrets(cls: Any) -> None:
    made = cls("a")
    made.seen.append(made)
    assert repr(made) == "Plain(name='a', many=(), seen=[...], where=7, length=1)"


def test_known_to_dataclasses(cls: Any) -> None:
    made = dataclasses.replace(cls("a"), name="bb")
    assert (made.name, made.length) == ("bb", 2)
    assert dataclasses.asdict(made) == {
        "name": "bb", "many": (), "seen": [], "where": 7, "secret": "x", "length": 2,
    }  # fmt: skip


def test_inherited(cls: Any) -> None:
    frozen: Any = dataclasses.dataclass if cls is BOTH[0] else records.dataclass
    below: Any = frozen(frozen=True)(type("Below", (cls,), {"__annotations__": {"more": "int"}, "more": 1}))
    assert below("a", more=2) == below("a", (), [], "x", 2)
    assert below("a") != cls("a")


@records.dataclass(frozen=True)
class Sent:
    name: str
    inside: tuple[Sent, ...] = ()


def test_sent_to_another_process() -> None:
    made = Sent("a", (Sent("b"),))
    assert pickle.loads(pickle.dumps(made)) == made
