"""The operator's shell: a command of ``entaku`` on a database."""

from pathlib import Path

from click import Command
from click.testing import CliRunner, Result

from app.cli import Console
from app.settings import read_settings
from app.store.unit_of_work import Database


def run(database: Database, tmp_path: Path, command: Command, *words: str | Path) -> Result:
    """The command on this database, as the operator's shell would run it."""
    settings = read_settings({"ENTAKU_DATA": str(tmp_path)})
    console = Console(lambda: settings, lambda _settings: database)
    return CliRunner().invoke(command, [str(word) for word in words], obj=console)
