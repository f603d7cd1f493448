"""The JSON Schemas: made from the table of keys, and of one mind with it."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from publish.diagnostics import Log
from publish.formats import FORMATS
from publish.project import load, schema
from publish.project.keys import DIVISION, ESSAY, FORMAT_NAMES, PUBLICATION

CASES = Path(__file__).parent.parent / "cases" / "project"

# What a schema can say; dates, check digits and files are beyond it.
SAYABLE = {"key-known", "value-type", "value-known", "rule-known", "title-present"}
UNSAYABLE_CASES = {"numbers", "page-sizes", "anchors-and-tags", "bombs"}


def validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(schema.stored(name)))


@pytest.mark.parametrize("name", schema.NAMES)
def test_stored_schemas_are_up_to_date(name: str) -> None:
    assert schema.stored(name) == schema.make(name), "run: python -m publish.project.schema"


@pytest.mark.parametrize("name", schema.NAMES)
def test_schemas_are_schemas(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schema.stored(name)))


def test_every_key_is_explained() -> None:
    for table in (PUBLICATION, DIVISION, ESSAY):
        assert all(key.says.endswith((".", "...")) or ":" in key.says for key in table.keys)
        spellings = [name for key in table.keys for name in (key.name, *key.also)]
        assert len(spellings) == len(set(spellings))


def test_formats_are_those_that_can_be_made() -> None:
    assert set(FORMAT_NAMES) == set(FORMATS)


def plain(value: Any) -> Any:
    """As an editor's YAML tools hand it to the schema: dates are text."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def parsed(text: str) -> Any:
    try:
        return plain(YAML(typ="safe", pure=True).load(text))
    except YAMLError:
        return None


@pytest.mark.parametrize("case", sorted(p.name for p in CASES.iterdir() if (p / "publication.yaml").is_file()))
def test_schema_and_reader_judge_alike(case: str) -> None:
    settings = CASES / case / "publication.yaml"
    data = parsed(settings.read_text(encoding="utf-8-sig"))
    if not isinstance(data, dict) or case in UNSAYABLE_CASES:
        return
    log = Log()
    load(settings, log)
    broken = {d.rule.name for d in log if d.place.startswith("publication.yaml")}
    if broken & {"title-quoted", "date-valid", "language-valid", "text-characters", "yaml-wellformed", "key-once"}:
        return
    errors = [error.message for error in validator("publication").iter_errors(data)]
    assert bool(errors) == bool(broken & SAYABLE), (errors, broken)


@pytest.mark.parametrize(
    ("front", "sound"),
    [
        ("title: x", True),
        ("title: 1984", True),
        ("lang: no", True),
        ("author: [A, {name: B, role: [author, ill]}]", True),
        ("date: 2016-03-02", True),
        ("date: 2016", True),
        ("role: acknowledgments", True),
        ("subtitle:", True),
        ("style: {trim: 6x9in, prelims: no, options: {a: 1}}", True),
        ("rules: {note-used: off}", True),
        ("series: Papers", True),
        ("keywords: [a, b]", True),
        ("titel: x", False),
        ("title: [x]", False),
        ("author: {nam: A}", False),
        ("author: {name: A, role: authr}", False),
        ("role: poem", False),
        ("headings: both", False),
        ("style: {trim: A77}", False),
        ("style: journal", False),
        ("rules: {note-usd: off}", False),
        ("rules: {title-present: off}", False),
        ("formats: [mobi]", False),
        ("identifiers: {isnb: 1}", False),
        ("series: {number: 4}", False),
        ("body: [a.md]", False),
    ],
)
def test_front_matter(tmp_path: Path, front: str, sound: bool) -> None:
    (tmp_path / "essay.md").write_text(f"---\n{front}\n---\nText.\n", encoding="utf-8")
    log = Log()
    load(tmp_path / "essay.md", log)
    assert log.failed is not sound, [d.message for d in log]
    errors = [error.message for error in validator("front-matter").iter_errors(parsed(front))]
    assert bool(errors) is not sound, errors
