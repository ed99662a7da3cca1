from collections.abc import Iterator

import pytest

from app.documents.pdf import PdfPress


@pytest.fixture(scope="session")
def press() -> Iterator[PdfPress]:
    press = PdfPress()
    yield press
    press.close()
