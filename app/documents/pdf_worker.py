"""The limited process in which WeasyPrint turns HTML into PDF; it knows nothing of the product.

It is started by path, not as ``-m app…``: importing the ``app`` package would load the whole
product into a process that must stay small. Requests and answers are frames: four bytes of length,
then the body. An answer is a JSON frame, followed by the PDF when the JSON says ``"ok": true``.
"""

import base64
import json
import math
import resource
import signal
import struct
import sys
import tempfile
import unicodedata
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # ships no types
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

# Found beside this file, which was started by its path; only for this one import.
if TYPE_CHECKING:
    from app.documents.worker_wall import forbid_outside, limit
else:
    sys.path.append(str(Path(__file__).parent))
    from worker_wall import forbid_outside, limit

    sys.path.pop()


MOST_ANSWER = 64 << 20
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
    answers = limit(memory_bytes, MOST_ANSWER)
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def allow_cpu() -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = math.ceil(used.ru_utime + used.ru_stime) + cpu_seconds
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))

    drawable = frozenset().union(*(TTFont(path, lazy=True).getBestCmap() for path in fonts))
    forbid_outside((*(font.parent for font in fonts), Path(tempfile.gettempdir())))
    serve(sys.stdin.buffer, answers, allow_cpu, drawable)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), [Path(path) for path in sys.argv[3:]])
