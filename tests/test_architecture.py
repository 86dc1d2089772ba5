"""The house keeps its shape: dependencies point one way, the flow language is pure, a module is about one thing."""

import ast
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent / "assistant"
MODULES = sorted(HOUSE.rglob("*.py"))

# cli -> web -> {catalog, store, signin} -> flow; what a part may import of ours, itself apart
MAY_IMPORT = {
    "flow": set[str](),
    "resources": set[str](),
    "watching": set[str](),
    "server": set[str](),
    "revision": {"flow"},
    "config": {"flow", "resources"},
    "signin": {"config"},
    "practice": {"config"},
    "store": {"flow", "config", "resources"},
    "catalog": {"flow", "resources"},
    "writing": set[str](),
    "web": {"flow", "config", "resources", "signin", "practice", "store", "catalog", "watching"},
    "cli": {"flow", "config", "resources", "signin", "store", "catalog", "web", "server", "revision", "writing"},
    "__main__": {"cli"},
}
PURE_LIBRARIES = {"yaml", "pydantic", "pydantic_core", "transitions", "babel", "sudachipy"}
IMPURE_STANDARD_LIBRARY = {
    *("asyncio", "http", "select", "selectors", "smtplib", "socket", "socketserver", "ssl", "urllib.request"),
    *("multiprocessing", "os", "random", "secrets", "subprocess", "tempfile", "threading"),
    *("calendar", "datetime", "sched", "time", "zoneinfo"),
    *("dbm", "shelve", "sqlite3"),
}
HOMES = {  # the only places where a library is imported
    "transitions": {"flow/engine.py"},
    "babel": {"flow/translation/words.py", "flow/translation/written.py", "flow/translation/header.py"},
    "sudachipy": {"flow/recognising/reading.py"},
    "flask": {"web"},
    "jinja2": {"web"},
    "werkzeug": {"web"},
    "cheroot": {"server.py"},
    "click": {"cli"},
    "msal": {"signin.py", "signin"},
    "jwt": {"signin.py", "signin", "practice.py"},
    "requests": {"signin"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
}
EMPTY_NAMES = {"helper", "helpers", "misc", "service", "services", "util", "utils"}


def name_of(module: Path) -> str:
    return module.relative_to(HOUSE).as_posix()


def part_of(module: Path) -> str:
    return module.relative_to(HOUSE).parts[0].removesuffix(".py")


def dotted(module: Path) -> str:
    return ".".join(("assistant", *module.relative_to(HOUSE).with_suffix("").parts)).removesuffix(".__init__")


def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"), filename=str(module))


def imports(module: Path) -> Iterator[str]:
    """Full dotted names of all that a module imports, wherever in the module; `from a import b` gives a.b."""
    here = dotted(module).split(".")
    package = here if module.name == "__init__.py" else here[:-1]
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{source}.{alias.name}" for alias in node.names)


def ours(module: Path) -> Iterator[str]:
    return (name for name in imports(module) if name.split(".")[0] == "assistant")


def others(module: Path) -> Iterator[str]:
    return (name for name in imports(module) if name.split(".")[0] != "assistant")


def begins_with(name: str, prefixes: set[str]) -> bool:
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)


every_module = pytest.mark.parametrize("module", MODULES, ids=name_of)
every_flow_module = pytest.mark.parametrize("module", [m for m in MODULES if part_of(m) == "flow"], ids=name_of)


@every_module
def test_dependencies_point_one_way(module: Path) -> None:
    part = part_of(module)
    parts = {name.split(".")[1] for name in ours(module) if "." in name}

    allowed = set[str]() if part == "__init__" else MAY_IMPORT[part] | {part}
    assert parts - allowed - {"__version__"} == set()


def test_no_module_imports_itself_in_a_circle() -> None:
    known = {dotted(module) for module in MODULES}
    graph = {
        dotted(module): {owner for name in ours(module) if (owner := owner_of(name, known)) != dotted(module)}
        for module in MODULES
    }

    TopologicalSorter(graph).prepare()


def owner_of(name: str, known: set[str]) -> str:
    return name if name in known else name.rpartition(".")[0]


@every_flow_module
def test_the_flow_language_uses_the_standard_library_and_five_pure_libraries(module: Path) -> None:
    libraries = {name.split(".")[0] for name in others(module)}

    assert libraries - PURE_LIBRARIES - sys.stdlib_module_names == set()


@every_flow_module
def test_the_flow_language_knows_no_network_clock_database_or_chance(module: Path) -> None:
    assert [name for name in others(module) if begins_with(name, IMPURE_STANDARD_LIBRARY)] == []


@every_module
def test_each_library_is_imported_in_its_home_only(module: Path) -> None:
    home = {name_of(module), part_of(module)}

    assert [name for name in others(module) if home.isdisjoint(HOMES.get(name.split(".")[0], home))] == []


@every_module
def test_only_the_command_line_prints(module: Path) -> None:
    calls = [node.func for node in ast.walk(tree(module)) if isinstance(node, ast.Call)]
    lines = [call.lineno for call in calls if isinstance(call, ast.Name) and call.id == "print"]

    assert part_of(module) == "cli" or lines == []


@every_module
def test_a_module_is_named_for_one_thing(module: Path) -> None:
    assert EMPTY_NAMES.isdisjoint(module.relative_to(HOUSE).with_suffix("").parts)


@every_module
def test_a_module_stays_small(module: Path) -> None:
    lines = module.read_text(encoding="utf-8").count("\n")

    assert lines <= 300, "the aim is 250; split the module by what it is about"
