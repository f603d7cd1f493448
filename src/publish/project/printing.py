"""Which PDFs a publication asks for: the names of profiles, or a profile with what the publisher wants otherwise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

from publish.diagnostics import Log, did_you_mean
from publish.profiles import PROFILES, STANDARDS, Order
from publish.project.files import exists, is_inside, near
from publish.project.kinds import Choice, Flag, Located, Placed, Text
from publish.project.tables import Given, Key, Record, Table
from publish.project.unsound import cut
from publish.records import dataclass

_PROFILE = Choice({name: name for name in PROFILES}, "a profile")
_STANDARD = Choice({name: name for name in STANDARDS}, "a standard for screens")

PROFILE = Table(
    (
        Key("name", _PROFILE, "Who it is for: screen, archive, offset, ingram, pod-grey.", needed=True),
        Key("press-profile", Located(), "The printer's own ICC profile, from this folder.", ("icc",)),
        Key("condition", Text(), "The registered name of the printing condition of that profile: FOGRA51."),
        Key("marks", Flag(), "Whether crop marks stand outside the bleed."),
        Key("standard", _STANDARD, "A newer standard for the PDF for screens: ua-2."),
    )
)


@dataclass(frozen=True)
class _Asked:
    """A profile as it was asked for; the ICC profile's file is not looked for yet."""

    order: Order
    icc: Placed | None = None


def _asked(given: Given, log: Log) -> _Asked | None:
    name = given.text("name")
    if name not in PROFILES:  # in the short form nothing has looked at it yet
        hint = did_you_mean(name, PROFILES) or f"take one of {', '.join(PROFILES)}"
        log.report("value-known", f"“{cut(name)}” is not a profile", given.spans.get("name"), hint=hint)
        return None
    profile, standard = PROFILES[name], given.text("standard")
    marks = bool(given.values.get("marks", False))
    taken = {"standard": name == "screen", "marks": profile.bleed > 0, "press-profile": profile.embeds}
    for key in (key for key, takes in taken.items() if given.values.get(key) and not takes):
        message = f"the profile “{name}” takes no “{key}”"
        log.report("value-known", message, given.spans.get(key), hint="take the line away")
        return None
    return _Asked(Order(profile, None, given.text("condition"), marks, standard), given.one("press-profile", Placed))


KIND = Record("profile", PROFILE, _asked, "the name of a profile, or a name with more")
"""What the key ``profiles`` holds one or many of."""


def orders(given: Given, root: Path, log: Log) -> tuple[Order, ...]:
    """Give the PDFs that are asked for, each profile once; one for screens when nothing is said."""
    found: dict[str, Order] = {}
    for asked in given.all("profiles", _Asked):
        order = _with_profile(asked, root, log)
        if order is not None:
            found.setdefault(order.profile.name, order)
    return tuple(found.values()) or (Order(),)


def _with_profile(asked: _Asked, root: Path, log: Log) -> Order | None:
    if asked.icc is None:
        return asked.order
    name = str(PurePosixPath(asked.icc.text))
    if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or not is_inside(root / name, root):
        log.report("file-inside", f"“{asked.icc.text}” leads out of the publication's folder", asked.icc.span)
    elif not exists(root / name, root) or not (root / name).is_file():
        folder = (root / name).parent
        names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
        log.report("file-exists", f"there is no file {name}", asked.icc.span, hint=near(Path(name).name, names))
    else:
        return replace(asked.order, icc=root / name)
    return None
