"""The limited process in which WeasyPrint turns HTML into PDF; it knows nothing of the product.

It is started by path, not as ``-m app…``: importing the ``app`` package would load the whole
product into a process that must stay small. Requests and answers are frames: four bytes of length,
then the body. An answer is a JSON frame, followed by the PDF when the JSON says ``"ok": true``.
"""

import base64
import json
import math
import mimetypes
import os
import resource
import signal
import struct
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # ships no types
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

# Nothing of this is needed to print, so a way around the fetcher ends here.
FORBIDDEN_ACTS = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.spawn",
    "os.posix_spawn",
    "os.fork",
    "ctypes.dlopen",
    "urllib.Request",
)
UA_MARK = (
    b'<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about=""'
    b' pdfuaid:part="1"/><rdf:Description rdf:about=""'
    b' xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"
    b'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>'
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>PDF/UA version</pdfaProperty:description></rdf:li></rdf:Seq>"
    b"</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)


class NothingOutside(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Refuses every address and counts them: fonts come from fontconfig, charts are inline SVG."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        self.refused.append(url[:200])
        raise ValueError("documents fetch nothing")


def forbid_outside(readable: Iterable[Path]) -> None:
    """Second wall behind the fetcher: this process may read only these folders, and cannot talk."""
    folders = tuple(os.path.realpath(folder) + os.sep for folder in readable)

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(FORBIDDEN_ACTS):
            raise PermissionError(event)
        if (
            event == "open"
            and isinstance(arguments[0], str | bytes)
            and not os.path.realpath(os.fsdecode(arguments[0])).startswith(folders)
        ):
            raise PermissionError(event)

    sys.addaudithook(watch)


def missing_glyphs(html: str, drawable: frozenset[int]) -> list[str]:
    """Code points that none of our fonts can draw, as U+XXXX; invisible ones do not count."""
    points = {ord(character) for character in html} - drawable
    return [
        f"U+{point:04X}"
        for point in sorted(points)
        if unicodedata.category(chr(point)) not in {"Cc", "Cf", "Mn", "Zs"}
    ]


def finish(document: object, pdf: Any) -> None:
    """State PDF/UA-1 beside PDF/A-3a, and name each attachment once instead of twice."""
    for part in pdf.objects:
        if getattr(part, "extra", {}).get("Type") == "/Metadata":
            whole = b"".join(part.stream)
            part.stream = [whole.replace(b"</rdf:RDF>", UA_MARK + b"</rdf:RDF>")]
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = list(dict.fromkeys(pdf.catalog["AF"]))


def press(request: dict[str, Any], drawable: frozenset[int]) -> tuple[dict[str, object], bytes]:
    """Print one document; everything that could differ between two runs comes from the request."""
    html = request["html"].encode("utf-8", "replace").decode()
    made = datetime.fromisoformat(request["made_at"])
    fetcher = NothingOutside()
    fonts = FontConfiguration()
    attachments = [
        Attachment(
            string=base64.b64decode(each["base64"]),
            name=each["name"],
            description=each["description"],
            relationship="Source",
            created=made,
            modified=made,
        )
        for each in request["attachments"]
    ]
    sheet = CSS(string=request["css"], url_fetcher=fetcher, base_url="app:/", font_config=fonts)
    pdf = HTML(string=html, url_fetcher=fetcher, base_url="app:/").write_pdf(
        stylesheets=[sheet],
        font_config=fonts,
        pdf_variant="pdf/a-3a",
        pdf_identifier=request["identifier"].encode(),
        attachments=attachments,
        finisher=finish,
    )
    report = {
        "ok": True,
        "missing_glyphs": missing_glyphs(request["html"], drawable),
        "refused_addresses": fetcher.refused,
    }
    return report, pdf


def read_frame(stream: BinaryIO) -> bytes | None:
    head = stream.read(4)
    return stream.read(struct.unpack(">I", head)[0]) if len(head) == 4 else None


def write_frame(stream: BinaryIO, body: bytes) -> None:
    stream.write(struct.pack(">I", len(body)) + body)


def serve(
    requests: BinaryIO, answers: BinaryIO, allow_cpu: Callable[[], None], drawable: frozenset[int]
) -> None:
    """Answer until the other side hangs up; after a failure the process is not trusted again."""
    while (body := read_frame(requests)) is not None:
        allow_cpu()
        try:
            report, pdf = press(json.loads(body), drawable)
        except Exception as failure:  # noqa: BLE001  # whatever it was, the answer is a refusal
            write_frame(answers, json.dumps({"ok": False, "why": type(failure).__name__}).encode())
            answers.flush()
            return
        write_frame(answers, json.dumps(report).encode())
        write_frame(answers, pdf)
        answers.flush()


def main(memory_bytes: int, cpu_seconds: int, fonts: list[Path]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 20, 64 << 20))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not end up inside an answer

    def allow_cpu() -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = math.ceil(used.ru_utime + used.ru_stime) + cpu_seconds
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))

    drawable = frozenset().union(*(TTFont(path, lazy=True).getBestCmap() for path in fonts))
    mimetypes.init()  # reads /etc/mime.types, which the wall below would refuse
    temporary = Path(tempfile.gettempdir())
    folders = [font.parent for font in fonts]
    forbid_outside((*folders, Path(sys.prefix), Path(sys.base_prefix), temporary))
    serve(sys.stdin.buffer, answers, allow_cpu, drawable)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), [Path(path) for path in sys.argv[3:]])
