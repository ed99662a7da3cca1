"""The list of use-cases is whole."""

from pathlib import Path

from app.services import listing

FOLDER = Path(listing.__file__).parent
SHARED = {"__init__", "commands", "use_case", "validation", "listing", "case_import"}
# What pages of files do beside the commands: keep bytes that were sent, note who looked or took.
OF_PAPERS = {"paper_views", "uploads", "sheet_exports"}
# What nobody asks for: the worker does it, day by day.
OF_THE_WORKER = {"chores", "putting_away", "mails", "sheet_records"}


def test_every_service_module_is_listed():
    names = {path.stem for path in FOLDER.glob("*.py")} | {
        path.name for path in FOLDER.iterdir() if (path / "__init__.py").exists()
    }
    listed = {module.__name__.rpartition(".")[2] for module in listing.MODULES}
    assert listed == names - SHARED - OF_PAPERS - OF_THE_WORKER
