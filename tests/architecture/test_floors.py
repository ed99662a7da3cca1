"""The floors of the house: a module imports from below, third parties on their own floors only."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BASE = {"app.settings", "app.clock", "app.catalogues"}
STORE = {"app.domain", *BASE, "app.store"}
# For each floor, what of ours it may import besides itself.
FLOORS: dict[str, set[str]] = {
    "app.domain": set(),
    "app.settings": set(),
    "app.clock": set(),
    "app.catalogues": {"app.settings"},
    "app.store": {"app.domain", *BASE},
    "app.services": STORE,
    "app.queries": STORE,
    "app.documents": {"app.domain", "app.queries", *BASE},
    "app.web": {*STORE, "app.services", "app.queries", "app.documents"},
    "app.cli": {*STORE, "app.services", "app.queries", "app.documents"},
    "app.jobs": {*STORE, "app.services", "app.queries", "app.documents"},
    "app": {"app.domain", *BASE, "app.store", "app.web"},
    "auth": {"app.domain", "app.store", *BASE},
    "realtime": {
        "app.domain",
        "app.store",
        "app.services",
        "app.queries",
        "auth.acting",
        "auth.guests",
        "auth.session",
        *BASE,
    },
    "deploy": {
        "app",
        "auth",
        "realtime",
        "app.cli",
        "app.jobs",
        "app.services",
        "app.queries",
        "app.documents",
        "app.web",
        *STORE,
    },
}
# A third party may be imported on these floors only.
THIRD: dict[str, set[str]] = {
    "flask": {"app.web", "app", "auth", "realtime", "deploy"},
    "werkzeug": {"app.web", "app", "auth", "realtime", "deploy"},
    "flask_socketio": {"realtime", "deploy"},
    "socketio": {"realtime", "deploy"},
    "engineio": {"realtime", "deploy"},
    "gevent": {"realtime", "deploy"},
    "wsproto": {"realtime"},
    "psycopg": {"realtime", "deploy"},
    "redis": {"realtime"},
    "sqlmodel": {"app.store", "app.services", "app.queries", "auth", "realtime", "deploy"},
    "sqlalchemy": {"app.store", "app.services", "app.queries", "auth", "deploy"},
    "alembic": {"app.store"},
    "pydantic": {"app.settings", "app.services", "app.web", "app.cli", "realtime", "deploy"},
    "authlib": {"auth"},
    "joserfc": {"auth"},
    "argon2": {"auth"},
    "requests": {"auth"},
    "weasyprint": {"app.documents"},
    "pydyf": {"app.documents"},
    "fontTools": {"app.documents"},
    "openpyxl": {"app.documents"},
    "pypdfium2": {"app.documents"},
    "PIL": {"app.documents"},
    "icalendar": {"app.documents"},
    "jinja2": {"app.documents", "app.web"},
    "markupsafe": {"app.documents", "app.web"},
    "babel": {"app.catalogues"},
    "click": {"app.cli", "deploy"},
    "huey": {"app.jobs", "deploy"},
}
TOPS = ("app", "auth", "realtime", "deploy")
MODULES = sorted(p for top in TOPS for p in (ROOT / top).rglob("*.py") if "versions" not in p.parts)


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def floor_of(module: str) -> str | None:
    """The longest floor the module lies on; ``app.cli_plans`` lies on the floor of app.cli."""
    if module.startswith("app.cli"):
        return "app.cli"
    found = (f for f in FLOORS if module == f or module.startswith(f + "."))
    best = max(found, key=len, default=None)
    if best == "app" and module != "app":
        return None
    return best


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_only_go_down(path: Path) -> None:
    module = module_of(path)
    floor = floor_of(module)
    assert floor is not None, f"{module} lies on no floor"
    wrong = []
    for line, target in imports_of(path):
        there = floor_of(target) or floor_of(target.rpartition(".")[0])
        allowed = FLOORS[floor] | {floor}
        if target.split(".")[0] in TOPS and (
            there is None
            or not any(target == a or target.startswith(a + ".") or there == a for a in allowed)
        ):
            wrong.append(f"{path.name}:{line} {floor} -> {target}")
        third = THIRD.get(target.split(".")[0])
        if third is not None and floor not in third:
            wrong.append(f"{path.name}:{line} {floor} may not import {target}")
    assert wrong == []


def test_the_domain_needs_nothing_but_the_standard_library() -> None:
    strange = {
        target.split(".")[0]
        for path in (ROOT / "app" / "domain").rglob("*.py")
        for _line, target in imports_of(path)
        if target.split(".")[0] not in {"app", *__import__("sys").stdlib_module_names}
    }
    assert strange == set()


def test_no_two_services_and_no_query_and_service_know_each_other() -> None:
    """Use-cases share rows through the store and shapes through commands, never each other."""
    shared = {"commands", "use_case", "validation"}
    wholes = {"listing.py"}
    wrong = []
    for path in (ROOT / "app" / "services").rglob("*.py"):
        if path.name in wholes:
            continue
        own = module_of(path).split(".")[2] if len(module_of(path).split(".")) > 2 else ""
        for line, target in imports_of(path):
            parts = target.split(".")
            if parts[:2] == ["app", "services"] and parts[2] not in {*shared, own}:
                wrong.append(f"{path.name}:{line} -> {target}")
    assert wrong == []


def test_nothing_is_imported_inside_a_function() -> None:
    late = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                late += [
                    f"{path.relative_to(ROOT)}:{inner.lineno}"
                    for inner in ast.walk(node)
                    if isinstance(inner, ast.Import | ast.ImportFrom)
                ]
    assert late == []


def test_modules_form_no_cycle() -> None:
    names = {module_of(path): path for path in MODULES}
    edges: dict[str, set[str]] = {}
    for name, path in names.items():
        targets = set()
        for _line, target in imports_of(path):
            for candidate in (target, target.rpartition(".")[0]):
                if candidate in names and candidate != name:
                    targets.add(candidate)
                    break
        edges[name] = targets
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail, name))
        if name not in done:
            for target in edges[name]:
                visit(target, (*trail, name))
            done.add(name)

    for name in edges:
        visit(name, ())


def test_environment_and_time_are_read_in_one_place() -> None:
    """Only settings read the environment, only the clock asks what time it is."""
    allowed = {"app/settings.py", "app/clock.py"}
    wrong = []
    for path in MODULES:
        relative = str(path.relative_to(ROOT))
        text = path.read_text()
        if relative in allowed or relative.startswith("deploy/"):
            continue
        wrong += [
            f"{relative}: {word}"
            for word in ("os.environ", "os.getenv", "datetime.now(", "date.today(", "utcnow(")
            if word in text
        ]
    assert wrong == []
