"""Files that are meant to do harm: none takes long or 200 MiB, and nothing in them is run or opened."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from assistant.catalog import check_paths
from tests.broken.breaking import write_files

# The promise is two seconds of processor on an idle machine; beside other tests the same work has taken twice that.
SECONDS = 4.0
MEBIBYTES = 200
# What a check does in a process of its own, with no way to start another and little memory for data.
CHECK = """
import json, resource, sys
from pathlib import Path
from assistant.catalog import check_paths
from assistant.flow import engine
begin = resource.getrusage(resource.RUSAGE_SELF)
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
problems = check_paths([Path(sys.argv[1])])
end = resource.getrusage(resource.RUSAGE_SELF)
seconds = end.ru_utime + end.ru_stime - begin.ru_utime - begin.ru_stime
# Not ru_maxrss: that begins with the size of the process which started this one.
status = Path("/proc/self/status")
peak = next((line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")), 0)
print(json.dumps({"codes": sorted({each.code for each in problems}), "seconds": seconds, "kib": int(peak)}))
"""

HEAD = "title: t\nlanguage: ja\nstart: s0\nlost: end\nstates:\n  end: {no: 9999, title: e, outcome: o}\n"


class Attack(NamedTuple):
    name: str
    text: str
    code: str | None


def states(number: int, to: str = "s{}") -> str:
    return HEAD + "".join(
        f"  s{n}: {{no: {n % 9998 + 1}, title: t, choices: {{a: {{label: b, to: {to.format(n + 1)}}}}}}}\n"
        for n in range(number)
    )


def questions(number: int) -> str:
    asked = "".join(
        f"  s{n}: {{no: {n + 1}, title: t, choices: {{"
        f"a: {{label: a, to: s{n + 1}}}, b: {{label: b, to: s{n + 1}}}}}}}\n"
        for n in range(number)
    )
    guard = ", ".join(f"{{s{n}: a}}" for n in range(number))
    last = f"  s{number}: {{no: 90, title: t, choices: {{a: {{label: a, to: end, when: {{any: [{guard}]}}}}}}}}\n"
    return HEAD + asked + last


def titled(words: str) -> str:
    return f"{HEAD}  s0: {{no: 1, title: '{words}', choices: {{a: {{label: b, to: end}}}}}}\n"


ATTACKS = [
    Attack(
        "a merge bomb",
        "a0: &a0 {k: v}\n" + "".join(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 30)),
        "anchor",
    ),
    Attack(
        "a billion laughs",
        "a0: &a0 [lol]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)),
        "alias",
    ),
    Attack("brackets", "[" * 3_500_000 + "]" * 3_500_000, "too-deep"),
    Attack("braces", "{" * 7_000_000, "too-deep"),
    Attack("dashes", "- " * 3_500_000, "too-deep"),
    Attack("keys of keys", "? " * 3_500_000, "too-deep"),
    Attack("30,000 states", states(30_000), "too-large"),
    Attack("6,000 states", states(6_000), "unknown-target"),
    Attack("2,000 unknown targets", states(2_000, "x{}"), "unknown-target"),
    Attack(
        "60,000 choices",
        HEAD
        + "  s0: {no: 1, title: t, choices: {"
        + ", ".join(f"c{n}: {{label: b, to: end}}" for n in range(60_000))
        + "}}\n",
        "too-large",
    ),
    Attack("20 questions read by one guard", questions(20), "too-many-configurations"),
    Attack("a file of 7 MB that is one text", "title: " + "あ" * 2_300_000 + "\n", "too-large"),
    Attack("a file of 7 MB that is one list", "a:\n" + "  - x\n" * 1_150_000, "too-large"),
    Attack("a file of 7 MB of comments", "title: x\n" + "# y\n" * 1_700_000, "missing-key"),
    Attack("a million equal keys", "a: b\n" * 1_000_000, "too-many-problems"),
    Attack("colons and brackets", "a: " + ": [" * 2_000_000, "colon-in-text"),
    Attack("quotes", "a: " + "'x' " * 1_500_000, "syntax"),
    Attack("a quote of spaces", "a: '" + " " * 7_000_000, "open-quote"),
    Attack("spaces", " " * 7_000_000 + "x: [y", "open-bracket"),
    Attack(
        "10,000 paragraphs",
        HEAD + "  s0:\n    no: 1\n    title: t\n    outcome: o\n    text:\n" + "      - 文です。\n" * 9_999,
        None,
    ),
    Attack("tabs", "\t" * 7_000_000, "tab"),
    Attack("full-width colons", "a：" * 2_000_000 + "\nb: c\n", "too-large"),
    Attack("hash signs", "a: b" + " #c" * 2_000_000 + "\n", "cut-by-comment"),
    Attack("characters that turn the text", "title: " + "\u202e" * 2_000_000, "control-character"),
    *(
        Attack(f"{sign} again and again", titled(sign * (99_000 // len(sign))), None)
        for sign in ("[a](", "**a", "*", "{", "[", "「", "](", "{a", "- ", "1. ", "。", "？", "｛", "[x] ")
    ),
    Attack(
        "lines of the manual",
        titled("t").replace("title: 't'", "title: t, source: {manual: '" + "1-999999, " * 9_000 + "1'}"),
        None,
    ),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_no_file_takes_long_or_200_mib(attack: Attack, tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "flow.yaml").write_text(attack.text, "utf-8")
    command = [sys.executable, "-c", CHECK, str(tmp_path / "demo")]
    found = subprocess.run(command, capture_output=True, text=True, timeout=120)

    assert found.returncode == 0, found.stderr[-2_000:]
    told = json.loads(found.stdout)
    assert attack.code is None or attack.code in told["codes"]
    assert told["seconds"] < SECONDS
    assert told["kib"] < MEBIBYTES * 1_024


ENTRY = "{{name: n, frame: window, wording: {{ja: {{drawing: [title: {0}], look: {0}, says: [{1}]}}}}}}"
ALIKE = "".join(f"  e{n}: {ENTRY.format('入力', 'あ, い, う')}\n" for n in range(3_000))
BESIDE = [
    ("thousands of screens", "common/screens.yaml", f"screens:\n{ALIKE}"),
    ("a translation of quotes", "demo/locales/en.po", '"' + '\\"' * 900_000),
    ("a translation of 7 MB", "demo/locales/en.po", '\nmsgctxt "c"\nmsgid "a"\nmsgstr "b"\n' * 200_000),
    ("a translation without quotes", "demo/locales/en.po", "x\n" * 900_000),
    (
        "thousands of stories",
        "demo/scenarios.yaml",
        "scenarios:\n" + "  - {title: t, answers: [ask.seen], ends: x}\n" * 9_999,
    ),
    (
        "thousands of notes",
        "common/notes.yaml",
        "notes: {hint: {title: t, text: [" + "'{fone} [a](b)', " * 9_000 + "]}}",
    ),
]


@pytest.mark.parametrize(("name", "file", "text"), BESIDE, ids=[name for name, _, _ in BESIDE])
def test_no_file_beside_a_flow_takes_long_or_200_mib(name: str, file: str, text: str, tmp_path: Path) -> None:
    write_files(tmp_path, {file: text.encode()})
    command = [sys.executable, "-c", CHECK, str(tmp_path / "demo")]
    found = subprocess.run(command, capture_output=True, text=True, timeout=120)

    assert found.returncode == 0, found.stderr[-2_000:]
    told = json.loads(found.stdout)
    assert told["codes"]
    assert told["seconds"] < SECONDS
    assert told["kib"] < MEBIBYTES * 1_024


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    write_files(tmp_path, {})
    (tmp_path / "demo" / "locales" / "en.po").unlink()
    os.mkfifo(tmp_path / "demo" / "locales" / "en.po")

    assert "unreadable" in {problem.code for problem in check_paths([tmp_path / "demo"])}


WATCHED = frozenset({"open", "os.system", "subprocess.Popen", "os.mkdir", "os.exec", "os.posix_spawn"})
OPENED: list[str] = []


@pytest.fixture(scope="module", autouse=True)
def _watched() -> None:
    """Note what Python opens or starts; an audit hook cannot be taken off again."""
    sys.addaudithook(lambda event, arguments: OPENED.append(str(arguments[0])) if event in WATCHED else None)


def spelled(attack: str) -> Iterator[str]:
    yield titled("t").replace("'t'", attack)
    yield titled("t").replace("to: end", f"to: {attack}")
    yield titled("t").replace("to: end", f"to: end, when: {attack}")
    yield titled("t").replace("title: 't'", f"title: t, screen: {attack}, invoke: {attack}, notes: [{attack}]")
    yield titled("t").replace("title: 't'", f"title: t, text: {attack}, source: {attack}, message: {attack}")
    yield titled("t").replace("s0: {", f"{attack}: {{").replace("start: s0", f"start: {attack}")


@pytest.mark.parametrize(
    "attack",
    [
        "!!python/object/apply:os.mkdir [OWNED]",
        "!!python/name:os.system x",
        "!!python/object/new:os.mkdir [OWNED]",
        "!!python/module:this x",
        "subprocess.getoutput",
        "os.mkdir",
        "'{{7*7}}'",
        "'{{ config.__class__.__init__.__globals__ }}'",
        "'{% import os %}'",
        "'{0.__class__}'",
        "'{title.__class__}'",
        "'${jndi:ldap://localhost}'",
        "'$(mkdir OWNED)'",
        "'`mkdir OWNED`'",
        "../../../../etc/passwd",
        "/etc/passwd",
        "file:///etc/passwd",
        "'%s%n%(x)s'",
        "'<script>x</script>'",
        "__class__",
        "'\\0'",
        "'{missing}'",
        "'{'",
        "'}'",
    ],
)
def test_nothing_in_a_file_is_run_imported_or_opened(
    attack: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owned = tmp_path / "owned"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "demo").mkdir()
    imported = set(sys.modules)
    for text in spelled(attack.replace("OWNED", str(owned))):
        (tmp_path / "demo" / "flow.yaml").write_text(text, "utf-8")
        OPENED.clear()
        check_paths([tmp_path / "demo"])

        assert not owned.exists()
        assert [name for name in OPENED if "passwd" in name or "owned" in name or name.startswith("mkdir")] == []
    assert {"this", "antigravity"} & (set(sys.modules) - imported) == set()
