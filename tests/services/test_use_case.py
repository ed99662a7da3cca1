"""The list of use-cases is whole."""

from pathlib import Path

from app.services import listing

FOLDER = Path(listing.__file__).parent
SHARED = {"__init__", "commands", "use_case", "validation", "listing", "case_import"}


def test_every_service_module_is_listed():
    names = {path.stem for path in FOLDER.glob("*.py")} | {
        path.name for path in FOLDER.iterdir() if (path / "__init__.py").exists()
    }
    assert {module.__name__.rpartition(".")[2] for module in listing.MODULES} == names - SHARED
