"""The sheet filled in from a file, and the import undone."""

from collections.abc import Iterator

from app.domain.sheet_grid import Grid, Raw, RawKind
from app.queries.sheet_import import dry_run, opened
from app.services.commands import Done
from app.services.sheet_imports import keep_reading
from app.store.sheet_exchange import Choices
from tests.cast import Cast, Step

# In a column that is used, and in one that is not: what is not imported is nobody else's.
TAKEN, LEFT = "専門家を派遣する zqtaken0x", "所内の覚え zqleft0x"


def _grid() -> Grid:
    lines = (("支援方針", "覚え"), (TAKEN, LEFT))
    return Grid(
        "表",
        {
            (row, column): Raw(RawKind.TEXT, text)
            for row, line in enumerate(lines, 1)
            for column, text in enumerate(line, 1)
        },
    )


def from_a_file(c: Cast, i: dict[str, str]) -> Iterator[Step]:
    def bring(keep: str) -> str:
        i[keep] = keep_reading(c.database, c.actors["bank"], i["case"], "様式.xlsx", (_grid(),))
        return i[keep]

    def bring_in() -> Done:
        bank, import_id = c.actors["bank"], bring("import")
        mapping = ("0.0=policy",)
        with c.database.read() as desk:
            run = dry_run(desk, bank, i["case"], import_id, Choices.of((), mapping))
            assert [field.key for field in run.opened.blocks[0].fields] == ["policy", ""]
            assert opened(desk, bank, i["case"], import_id, {}).state == "read"
        seen = run.plan.fingerprint
        return c.does("bank", "import_sheet", import_id=import_id, mapping=mapping, seen=seen)

    yield "read a file", lambda: bring("file")
    yield "import the sheet", bring_in
    yield "undo the import", lambda: c.does("bank", "undo_import", import_id=i["import"])
