from pathlib import Path

from click.testing import CliRunner, Result

from app.cli import Console, cli
from app.settings import Settings
from app.store.unit_of_work import Database
from tests.factories import op
from tests.plan_steps import agreed
from tests.web.pages import Pages


def export(database: Database, folder: Path, *words: str) -> Result:
    settings = Settings(data=folder, database_url=str(database.engine.url), secret=database.secret)
    console = Console(lambda: settings, lambda _settings: database)
    return CliRunner().invoke(cli, ["plan", "export", *words], obj=console)


def test_the_exported_file_is_the_one_the_page_gives(database: Database, tmp_path: Path) -> None:
    planned = agreed(database)
    out = tmp_path / "plan.pdf"

    done = export(database, tmp_path, planned.plan_id, "--out", str(out))

    assert done.output == f"SP-13-R8-0001-1（第1版）を書き出しました: {out}\n"
    downloaded = Pages(database, tmp_path).get(planned["bank"], f"/plans/{planned.plan_id}.pdf")
    assert out.read_bytes() == downloaded.data


def test_a_plan_that_is_none_writes_no_file(database: Database, tmp_path: Path) -> None:
    out = tmp_path / "plan.pdf"

    done = export(database, tmp_path, op(), "--out", str(out))

    assert done.exit_code == 1
    assert "見つからないか、閲覧する権限がありません。" in done.output
    assert not out.exists()
