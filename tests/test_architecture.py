"""Guards what keeps the code easy to change: imports run one way, a pure engine, writing in one place."""

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from jinja2 import Environment, nodes

from app.engine.items import KINDS

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app"

CHART_LIBRARIES = {"babel", "jinja2", "markupsafe", "pydantic"}
PRINT_LIBRARIES = {*CHART_LIBRARIES, "fontTools", "pikepdf", "weasyprint"}
GROUND = {"app.config", "app.catalogue", "app.paths"}
WINGS = (
    "organisation",
    "partners",
    "definitions",
    "assessments",
    "decisions",
    "portfolio",
    "workshops",
    "data",
    "site",
)
"""From below to above: a wing imports only wings before it. Its parts rest on the wing's own files."""

# What a part may import of the app, beside itself and, where it is of a wing, the wings below.
ROOM_IMPORTS = {"app.engine", "app.charts", "app.wording", "app.printing", "app.platform", *GROUND}
OWN_IMPORTS = {
    "app.paths": set(),
    "app.config": {"app.paths"},
    "app.catalogue": {"app.engine", "app.paths", "app.config"},
    "app.engine": set(),
    "app.charts": {"app.engine", "app.wording", "app.paths"},
    "app.wording": {"app.engine", "app.paths"},
    "app.printing": {"app.engine", "app.charts", "app.wording", "app.paths"},
    "app.platform": {"app.engine", "app.printing", "app.config", "app.paths"},
    # It puts the rooms together, so it sees them all.
    "app.factory": ROOM_IMPORTS,
    # It starts the pages too, tells of questionnaires they cannot use, takes backups, and brings in answers.
    "app.cli": {"app", "app.definitions", "app.data", "app.data.backups", "app.data.imports", *ROOM_IMPORTS},
}
# What a part may import of others, beside the standard library. Not named here: anything that is declared.
LIBRARIES = {
    "app.paths": set(),
    "app.engine": {"pydantic", "pydantic_core"},
    "app.charts": CHART_LIBRARIES,
    "app.wording": CHART_LIBRARIES,
    "app.printing": PRINT_LIBRARIES,
}

LONGEST_TEMPLATE_LINE = 160

# Importable with a library that is declared, as a part of what that one offers.
COMES_WITH = {
    "click": "flask",
    "markupsafe": "jinja2",
    "pydantic_core": "pydantic",
    "werkzeug": "flask",
}
# Started as a program, or loaded by name by another library.
NEVER_IMPORTED = {"psycopg"}


class Import(NamedTuple):
    file: Path
    line: int
    module: str

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line} imports {self.module}"


def python_files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def imports(file: Path) -> Iterator[Import]:
    """Every import of a file, also those inside functions and under TYPE_CHECKING."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (Import(file, node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (Import(file, node.lineno, name) for name in names_imported(file, node))


def names_imported(file: Path, node: ast.ImportFrom) -> list[str]:
    base = node.module or ""
    if node.level:
        package = [*file.relative_to(ROOT).parent.parts]
        kept = package[: len(package) - node.level + 1]
        base = ".".join([*kept, *([base] if base else [])])
    # `from app import charts` names a part; `from app import create_app` names the app itself.
    if base == "app":
        return [f"app.{alias.name}" if is_part(alias.name) else "app" for alias in node.names]
    return [base]


def is_part(name: str) -> bool:
    return (APP / name).is_dir() or (APP / f"{name}.py").is_file()


def part_of(module: str) -> str:
    """`app.engine.items.base` → `app.engine`, `app.data.exports.views` → `app.data.exports`, `flask.typing` →
    `flask`. What a wing's own files hold is the wing."""
    pieces = module.split(".")
    if pieces[0] != "app":
        return pieces[0]
    deep = pieces[1:2] and pieces[1] in WINGS and (APP.joinpath(*pieces[1:3]) / "__init__.py").is_file()
    return ".".join(pieces[: 3 if deep else 2])


def parts() -> dict[str, list[Path]]:
    """Each part of the app with its files; `app/__init__.py`, which puts them together, is none."""
    found: dict[str, list[Path]] = {}
    for file in python_files(APP):
        module = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if module != "app":
            found.setdefault(part_of(module), []).append(file)
    return found


def rooms() -> list[str]:
    return [name for name in parts() if name.split(".")[1] in WINGS]


def below(part: str) -> set[str]:
    """The wings below it, whole, and where it is a part of a wing the wing's own files."""
    wing = part.split(".")[1]
    lower = WINGS[: WINGS.index(wing)]
    return {f"app.{wing}", *(name for name in rooms() if name.split(".")[1] in lower)}


def own_parts(part: str) -> set[str]:
    """The fields, one for each kind of item, lie in a folder of their own and belong to the whole wing."""
    return {"app.assessments.fields"} if part.startswith("app.assessments") else set()


def may_import(part: str) -> set[str]:
    if part in rooms():
        return {part, *ROOM_IMPORTS, *below(part), *own_parts(part)}
    return {part, *OWN_IMPORTS.get(part, set()), *(rooms() if part == "app.factory" else ())}


def test_every_part_is_known():
    """A new module at the top of the app must be given its place in the rules above."""
    unknown = {name for name in parts() if name not in OWN_IMPORTS and name not in rooms()}
    assert unknown == set()


@pytest.mark.parametrize("part", sorted(parts()))
def test_imports_run_one_way(part):
    allowed = may_import(part)
    found = [found for file in parts()[part] for found in imports(file)]
    own = [found for found in found if found.module.split(".")[0] == "app"]
    wrong = [str(found) for found in own if part_of(found.module) not in allowed]
    assert wrong == [], f"{part} may import only {', '.join(sorted(allowed))}"


@pytest.mark.parametrize("part", sorted(LIBRARIES))
def test_the_lower_parts_need_little(part):
    allowed = {"app", *LIBRARIES[part], *sys.stdlib_module_names}
    found = [found for file in parts().get(part, []) for found in imports(file)]
    wrong = [str(found) for found in found if found.module.split(".")[0] not in allowed]
    assert wrong == [], (
        f"{part} may import only the standard library and {', '.join(sorted(LIBRARIES[part]))}"
    )


def test_rooms_do_not_go_in_circles():
    wants = {
        room: {part_of(found.module) for file in parts()[room] for found in imports(file)} for room in rooms()
    }
    left = {room: wanted & set(wants) - {room} for room, wanted in wants.items()}
    while free := [room for room, wanted in left.items() if not wanted & set(left)]:
        for room in free:
            del left[room]
    assert left == {}, "these rooms import each other"


# The engine is pure


def calls(file: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def engine_files() -> list[Path]:
    return python_files(APP / "engine")


def test_the_engine_knows_no_clock_no_chance_and_no_network():
    banned = {"time", "random", "secrets", "socket", "subprocess", "threading", "urllib", "http"}
    wrong = [
        str(found) for file in engine_files() for found in imports(file) if part_of(found.module) in banned
    ]
    clock = re.compile(r"\b(date|datetime)\.(today|now|utcnow)$")
    wrong += [
        f"{file.name}:{line} {name}"
        for file in engine_files()
        for line, name in calls(file)
        if clock.search(name)
    ]
    assert wrong == []


def test_the_engine_reads_files_only_in_loading():
    reads = re.compile(r"^open$|\.(open|read_text|read_bytes|write_text|write_bytes)$")
    others = [file for file in engine_files() if file.stem not in {"loading", "json_text"}]
    wrong = [
        f"{file.name}:{line} {name}" for file in others for line, name in calls(file) if reads.search(name)
    ]
    assert wrong == []


# Writing


SESSION_WRITES = {"add", "add_all", "flush", "merge"}
WRITES = {"commit", "delete", "bulk_insert_mappings", "bulk_save_objects"}
STATEMENTS = {"delete", "insert", "update"}


def decorators(file: Path) -> set[ast.expr]:
    named = [node for node in ast.walk(tree(file)) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    return {decorator for node in named for decorator in node.decorator_list}


def writes(file: Path) -> list[str]:
    """What changes the database: calls by their name, and statements that are made to be executed."""
    # `@blueprint.delete("/x")` is an address and no deletion.
    skipped = decorators(file)
    nodes = [node for node in ast.walk(tree(file)) if node not in skipped]
    called = [node.func for node in nodes if isinstance(node, ast.Call) and is_write(node.func)]
    statements = [node for node in nodes if isinstance(node, ast.ImportFrom) and makes_statements(node)]
    return [
        f"{file.parent.name}/{file.name}:{node.lineno} {ast.unparse(node)}" for node in [*called, *statements]
    ]


def is_write(called: ast.expr) -> bool:
    if not isinstance(called, ast.Attribute):
        return False
    owner = ast.unparse(called.value)
    if owner == "operations":
        return False
    return called.attr in WRITES or (
        called.attr in SESSION_WRITES and bool(re.search(r"session|\bdb\b", owner))
    )


def makes_statements(node: ast.ImportFrom) -> bool:
    return (node.module or "").startswith("sqlalchemy") and any(
        alias.name in STATEMENTS for alias in node.names
    )


def test_only_operations_write():
    files = [file for room in rooms() for file in parts()[room] if file.stem != "operations"]
    assert [found for file in files for found in writes(file)] == []


def test_pages_and_forms_query_nothing():
    """Queries lie in `reading.py`, or in a file that is named after what they find."""
    files = [file for room in rooms() for file in parts()[room] if file.stem in {"views", "forms"}]
    found = [found for file in files for found in imports(file) if part_of(found.module) == "sqlalchemy"]
    assert len(files) > 30
    assert [str(each) for each in found if each.module != "sqlalchemy.exc"] == []


def test_a_write_would_be_found(tmp_path):
    lines = [
        "from sqlalchemy import delete, select",
        "@bp.delete('/x')",
        "def view():",
        "    seen.add(x)",
        "    operations.delete(x)",
        "    db.session.add(x)",
        "    s.commit()",
        "    session.delete(x)",
    ]
    file = tmp_path / "views.py"
    file.write_text("\n".join(lines), encoding="utf-8")
    found = [one.split(maxsplit=1)[1] for one in writes(file)]
    assert found == ["db.session.add", "s.commit", "session.delete", "from sqlalchemy import delete, select"]


# The printing process


WORKER_CHECK = """
import sys
import app.printing.worker
heavy = {"sqlalchemy", "flask_sqlalchemy_lite", "psycopg"} & set(sys.modules)
sys.exit(f"imported with the worker: {', '.join(sorted(heavy))}" if heavy else 0)
"""


def test_the_printing_process_imports_neither_numbers_nor_database():
    """It forks for every document: the threads of those libraries do not survive that."""
    result = subprocess.run(
        [sys.executable, "-c", WORKER_CHECK], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert result.returncode == 0, result.stderr


# The start

FIRST_PAGE_CHECK = """
import sys
from pathlib import Path
from app import create_app
from app.config import Config
page = create_app(Config(Path(sys.argv[1]))).test_client().get("/")
assert page.status_code == 200
print(*{each.partition(".")[0] for each in sys.modules})
"""
NEEDED_LATER = {"alembic", "fontTools", "huey", "limits", "pikepdf", "PIL", "psycopg", "segno", "weasyprint"}
NEEDED_LATER |= {"numpy", "py_svg_hush", "xlsxwriter"}
"""What takes long to import, and is needed by some pages or by another process."""


def test_the_first_page_waits_for_nothing_that_it_does_not_need(tmp_path):
    """Together these took a third of a start."""
    command = [sys.executable, "-c", FIRST_PAGE_CHECK, tmp_path]
    subprocess.run(command, capture_output=True, check=True, cwd=ROOT)  # Alembic makes the tables
    printed = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert NEEDED_LATER & set(printed.split()) == set()


# What is declared


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {normal(re.split(r"[\[<>=;! ]", entry)[0]) for entry in project["dependencies"]}


def third_party() -> dict[str, Import]:
    found = [found for file in python_files(APP) for found in imports(file)]
    outside = {part_of(one.module): one for one in found if one.module.split(".")[0] != "app"}
    return {name: one for name, one in outside.items() if name not in sys.stdlib_module_names}


def distributions(module: str) -> set[str]:
    if module in COMES_WITH:
        return {COMES_WITH[module]}
    return {normal(name) for name in importlib.metadata.packages_distributions().get(module, [module])}


def test_what_is_imported_is_declared():
    """Else an installed Overvej lacks what a checkout has for its tests."""
    wrong = [str(found) for name, found in third_party().items() if not distributions(name) & declared()]
    assert wrong == []


def test_what_is_declared_is_imported():
    used = {name for module in third_party() for name in distributions(module)}
    assert declared() - used - NEVER_IMPORTED == set()


# Templates


WORKS_OUT = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg)
CHOOSES = {
    "abs", "dictsort", "float", "groupby", "int", "map", "max", "min", "reject", "rejectattr", "round",
    "select", "selectattr", "sort", "sum", "unique",
}  # fmt: skip
ORDERS = {"lt", "lteq", "gt", "gteq"}
STORED = {"origin", "stage", "variant", "verdict"}
"""What is stored as a code: what it means for a page is said by a property."""
GIVEN = {
    "_", "asset", "csrf_token", "current_actor", "get_flashed_messages", "language", "navigation", "ngettext",
    "super", "url_for", "value_of",
}  # fmt: skip
"""The functions that pages may call, beside macros and those that put a code in words (``…_words``)."""
ROOMS_GIVE = {
    "beside", "differing", "figure", "fingerprint_of_action", "is_corrected", "lost_because", "menu_of",
    "note", "said", "text",
}  # fmt: skip
"""What rooms give their own pages to put a row into words. None of it reads the database."""


PAGES, REPORTS = APP / "templates", ROOT / "reports"
SHARED = REPORTS / "_shared"


def templates() -> list[Path]:
    return sorted([*PAGES.rglob("*.html"), *REPORTS.rglob("*.html")])


@cache
def parsed(file: Path) -> nodes.Template:
    environment = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"])
    return environment.parse(file.read_text(encoding="utf-8"), str(file))


def templates_used(template: nodes.Template) -> Iterator[str]:
    """Every template that this one includes, imports or extends; ``fields/`` where the kind is not known."""
    for each in template.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        said = each.template
        yield said.value if isinstance(said, nodes.Const) else next(said.find_all(nodes.Const)).value


def room_of(template: str) -> str:
    """`data/exports/page.html` → `app.data.exports`, as :func:`part_of` names what is written in Python."""
    return part_of(".".join(["app", *template.split("/")[:-1], "templates"]))


def ground_of(file: Path) -> Path:
    """Where the template lies that a page, or a document, extends."""
    return PAGES if PAGES in file.parents else SHARED


def work_in(template: nodes.Template, ground: Path = PAGES) -> Iterator[str]:
    """What a template works out itself, or asks somebody, instead of being given it."""
    known = macros(template, ground) | GIVEN | ROOMS_GIVE | {"caller"}
    for each in template.find_all(WORKS_OUT):
        yield f"{each.lineno}: {type(each).__name__}"
    for each in template.find_all(nodes.Filter):
        if each.name in CHOOSES:
            yield f"{each.lineno}: | {each.name}"
    for each in template.find_all(nodes.Compare):
        if any(operand.op in ORDERS for operand in each.ops) and not asks_for_several(each):
            yield f"{each.lineno}: compares sizes"
        if isinstance(each.expr, nodes.Getattr) and each.expr.attr in STORED:
            yield f"{each.lineno}: .{each.expr.attr} =="
    for each in template.find_all(nodes.Call):
        name = each.node.name if isinstance(each.node, nodes.Name) else "_"
        if name not in known and not name.endswith("_words"):
            yield f"{each.lineno}: {name}()"


def macros(template: nodes.Template, ground: Path) -> set[str]:
    """The macros that a template has, imports, or is given by the one that it extends."""
    found = {each.name for each in template.find_all(nodes.Macro)}
    for each in template.find_all(nodes.FromImport):
        found |= {name if isinstance(name, str) else name[1] for name in each.names}
    for each in template.find_all(nodes.Extends):
        found |= macros(parsed(ground / each.template.value), ground)
    return found


def asks_for_several(compared: nodes.Compare) -> bool:
    """`rows | length > 1`: whether there is more than one is a matter of how things are shown."""
    is_length = isinstance(compared.expr, nodes.Filter) and compared.expr.name == "length"
    return is_length and compared.ops == [nodes.Operand("gt", nodes.Const(1))]


def test_no_line_of_a_template_is_long():
    long = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in templates()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONGEST_TEMPLATE_LINE
    ]
    assert len(templates()) > 100
    assert long == []


def test_no_style_depends_on_which_child_a_thing_is():
    """A column or a field that is added or taken away must not change how its neighbours look."""
    sheets = [*(APP / "static").rglob("*.css"), *(ROOT / "reports").rglob("*.css")]
    assert len(sheets) > 20
    assert [file.name for file in sheets if re.search(r":nth-", file.read_text(encoding="utf-8"))] == []


def test_a_template_includes_only_what_is_of_its_room_or_of_rooms_below():
    wrong = []
    for file in PAGES.rglob("*.html"):
        name = file.relative_to(PAGES).as_posix()
        for used in templates_used(parsed(file)):
            shared = used == "base.html" or used.startswith("parts/")
            room = room_of(name)
            if not shared and not (room in rooms() and room_of(used) in {room, *below(room)}):
                wrong.append(f"{name} uses {used}")
    assert wrong == []


def used_from_elsewhere(name: str, template: nodes.Template) -> list[str]:
    """What a document's template, ``name`` in ``reports``, uses that is neither its own nor shared by all."""
    shared = {path.relative_to(SHARED).as_posix() for path in SHARED.rglob("*.html")}
    own = f"{name.partition('/')[0]}/"
    return [
        used
        for used in templates_used(template)
        if used != "fields/" and used not in shared and not used.startswith(own)
    ]


def test_a_document_uses_only_what_is_its_own_or_shared_by_all():
    names = {file.relative_to(REPORTS).as_posix(): file for file in REPORTS.rglob("*.html")}
    found = {name: used_from_elsewhere(name, parsed(file)) for name, file in names.items()}
    assert {name: used for name, used in found.items() if used} == {}


def test_what_is_used_from_another_document_would_be_found():
    written = "{% include 'parts.html' %}{% include 'workshop/a.html' %}{% include 'decision/b.html' %}"
    assert used_from_elsewhere("workshop/c.html", Environment().parse(written)) == ["decision/b.html"]


def test_pages_and_documents_do_no_work():
    """What is shown is given to a template: it counts nothing, chooses nothing and asks no database."""
    found = {str(file.relative_to(ROOT)): [*work_in(parsed(file), ground_of(file))] for file in templates()}
    assert {name: work for name, work in found.items() if work} == {}


@pytest.mark.parametrize(
    "written",
    ["{{ a + 1 }}", "{{ -a }}", "{% if a > 1 %}{% endif %}", "{% if a | length > 2 %}{% endif %}",
     "{{ a | sum }}", "{% if a.stage == 'open' %}{% endif %}", "{{ final_decision(a) }}", "{{ range(3) }}",
     "{{ (a * 0.5)|int }}", "{{ a|selectattr('b')|first }}"],
)  # fmt: skip
def test_work_in_a_page_would_be_found(written):
    assert [*work_in(Environment().parse(written))]


@pytest.mark.parametrize(
    "written",
    ["{{ _('a') }}", "{% if a | length > 1 %}{% endif %}", "{% if a == b %}{% endif %}",
     "{{ side_words(a) }}", "{% macro b(c) %}{{ c }}{% endmacro %}{{ b(1) }}"],
)  # fmt: skip
def test_what_is_only_shown_is_no_work(written):
    assert [*work_in(Environment().parse(written))] == []


# Kinds of items


KIND_FOLDERS = {
    APP / "engine" / "items",
    APP / "assessments" / "fields",
    APP / "templates" / "fields",
    ROOT / "reports" / "_shared" / "fields",
}
SHARED_BY_KINDS = {"__init__", "base", "gate", "names"}
"""What in those folders is of no kind; a gate is answered on the same pages, and is no item."""

ONLY_KINDS = {"choices", "exchange", "scale"}
"""Words that name nothing but a kind wherever they stand as a text of their own."""


def kind_modules() -> set[str]:
    folders = [folder for folder in KIND_FOLDERS if folder.is_relative_to(APP)]
    files = [file for folder in folders for file in folder.glob("*.py") if file.stem not in SHARED_BY_KINDS]
    return {".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files}


def outside_kinds(files: list[Path]) -> list[Path]:
    return [file for file in files if not KIND_FOLDERS & {*file.parents}]


def kinds_named(file: Path) -> Iterator[str]:
    """What a Python file knows of kinds: their modules, and their names beside the word "kind"."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.ImportFrom):
            modules = {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
            yield from (f"{file.name}:{node.lineno} {module}" for module in modules & kind_modules())
        elif isinstance(node, ast.Compare | ast.Subscript | ast.Match) and speaks_of_kinds(node):
            texts = {each.value for each in ast.walk(node) if isinstance(each, ast.Constant)}
            yield from (f"{file.name}:{node.lineno} {name}" for name in texts & set(KINDS))
        elif isinstance(node, ast.Constant) and node.value in ONLY_KINDS - called_otherwise(file):
            yield f"{file.name}:{node.lineno} {node.value}"


def speaks_of_kinds(node: ast.AST) -> bool:
    names = [each.id for each in ast.walk(node) if isinstance(each, ast.Name)]
    names += [each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)]
    return any("kind" in name.lower() for name in names)


def called_otherwise(file: Path) -> set[str]:
    """A chart is called after what it draws."""
    return {"exchange"} if APP / "charts" in file.parents else set()


def kinds_shown(source: str) -> list[str]:
    """The kinds that a template names: it compares with them, or takes their partial by name."""
    parsed = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"]).parse(source)
    compared = {
        each.value
        for node in parsed.find_all(nodes.Compare)
        if any(part.attr == "kind" for part in node.find_all(nodes.Getattr))
        for each in node.find_all(nodes.Const)
    }
    taken = {
        each.value.removeprefix("fields/").removesuffix(".html")
        for node in parsed.find_all((nodes.Include, nodes.Import, nodes.FromImport))
        for each in node.find_all(nodes.Const)
        if str(each.value).startswith("fields/")
    }
    return sorted((compared | taken) & set(KINDS))


def test_nothing_but_its_own_files_names_a_kind_of_item():
    """So that a new kind is one class, one field and two partials; all else asks the class."""
    wrong = [found for file in outside_kinds(python_files(APP)) for found in kinds_named(file)]
    wrong += [
        f"{file.relative_to(ROOT)} {name}"
        for file in outside_kinds(templates())
        for name in kinds_shown(file.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_a_named_kind_would_be_found(tmp_path):
    file = tmp_path / "reading.py"
    lines = [
        "from app.engine.items.text import TextItem",
        "from app.engine.items import date, base",
        "if item.kind == 'fact' or kind in ('number', 'gate'): pass",
        "field = FIELDS_BY_KIND['choice']",
        "names = ['exchange', 'fact']",
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    found = {one.split(maxsplit=1)[1] for one in kinds_named(file)}
    assert found == {"app.engine.items.text", "app.engine.items.date", "fact", "number", "choice", "exchange"}
    shown = "{% if a.kind in ('date', 'gate') %}{% include 'fields/text.html' %}{% endif %}{{ b == 'fact' }}"
    assert kinds_shown(shown) == ["date", "text"]
