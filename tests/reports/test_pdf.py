"""The PDF machinery: whole fonts, the same bytes every time, and nothing fetched from outside."""

import base64
import hashlib
import io
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from pypdf import PdfReader
from weasyprint import HTML

from reports.documents import pdf

ROOT = Path(__file__).resolve().parents[2]
PAGE = '<html lang="vi"><title>Thử</title><style>{style}</style><body>{body}</body></html>'
LETTERS = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)
FONT = '@font-face {{ font-family: Office; src: url("font:{}") }} body {{ font-family: Office }}'


def text_of(document: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages)


def test_font_files_are_the_ones_that_were_committed():
    lines = (pdf.FONTS / "CHECKSUMS").read_text().splitlines()
    told = {name: checksum for checksum, name in (line.split() for line in lines)}
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in pdf.FONTS.iterdir()
        if path.suffix == ".ttf" or path.name == "LICENSE.txt"
    }

    assert found == told
    assert len(found) == 5


@pytest.mark.parametrize("face", ["Regular", "Bold", "Italic", "BoldItalic"])
def test_font_has_every_vietnamese_letter(face):
    with TTFont(pdf.FONTS / f"LiberationSerif-{face}.ttf") as font:
        known = font.getBestCmap()

    assert [c for c in LETTERS + LETTERS.upper() if ord(c) not in known] == []


def test_vietnamese_letters_are_read_back():
    style = FONT.format("LiberationSerif-Regular.ttf")

    document = pdf.render(PAGE.format(style=style, body=f"<p>Nguyễn Thị Ữ Đường<p>{LETTERS}"))

    assert "Nguyễn Thị Ữ Đường" in text_of(document)
    fonts = PdfReader(io.BytesIO(document)).pages[0]["/Resources"]["/Font"]
    assert ["Office" in str(font.get_object()["/BaseFont"]) for font in fonts.values()] == [True]


def test_same_page_gives_the_same_bytes_in_another_process():
    page = PAGE.format(style=FONT.format("LiberationSerif-Bold.ttf"), body="Đồng chí")
    program = (
        "import sys; from reports.documents import pdf;"
        "sys.stdout.buffer.write(pdf.render(sys.stdin.buffer.read().decode()))"
    )

    elsewhere = subprocess.run(
        [sys.executable, "-c", program], input=page.encode(), capture_output=True, check=True,
        cwd=ROOT,
    ).stdout  # fmt: skip

    assert pdf.render(page) == elsewhere


def test_picture_in_the_document_itself_is_drawn():
    picture = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(picture, "PNG")
    address = f"data:image/png;base64,{base64.b64encode(picture.getvalue()).decode()}"

    document = pdf.render(PAGE.format(style="", body=f'<img src="{address}">'))

    assert PdfReader(io.BytesIO(document)).pages[0].images


# --- What a document may not reach ---------------------------------------------------------
# {web} is an address of a listener in this test, {file} a file of this machine.
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' width="9" height="9">{}</svg>'
)
IMPORT = '<style>@import "{}"</style>x'
FACE = "<style>@font-face {{ font-family: f; src: url({}) }} b {{ font: 9pt f }}</style><b>x</b>"
VECTORS = [
    '<img src="{web}">', '<img src="{file}">', '<img src="{bare_web}">', '<img src="{path}">',
    '<img srcset="{web} 1x" src="{file}">', '<object data="{web}"></object>',
    '<object data="{file}"></object>', '<embed src="{web}">', '<embed src="{file}">',
    '<link rel="stylesheet" href="{web}">x', '<link rel="stylesheet" href="{file}">x',
    '<link rel="attachment" href="{web}">x', '<link rel="attachment" href="{file}">x',
    '<a rel="attachment" href="{web}">x</a>', '<a rel="attachment" href="{file}">x</a>',
    IMPORT.format("{web}"), IMPORT.format("{file}"), FACE.format("{web}"), FACE.format("{file}"),
    '<p style="background: url({web})">x</p>', '<p style="background: url({file})">x</p>',
    '<ul style="list-style-image: url({web})"><li>x</ul>',
    '<style>p::before { content: url({web}) }</style><p>x</p>',
    '<style>@page { background: url({web}) }</style>x',
    SVG.format('<image href="{web}" width="9" height="9"/>'),
    SVG.format('<image xlink:href="{file}" width="9" height="9"/>'),
    SVG.format('<use href="{web}#a"/>'), SVG.format('<use xlink:href="{file}#a"/>'),
]  # fmt: skip


class Outside:
    """A web server and a file; ``touched`` says whether anybody came."""

    def __init__(self, folder: Path) -> None:
        self.asked = asked = []

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Answer)
        threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True).start()
        self.file = folder / "secret.svg"
        self.file.write_text('<svg xmlns="http://www.w3.org/2000/svg"><g id="a"/></svg>')
        OPENED.clear()

    def render_with(self, vector: str, render: object) -> None:
        host = f"//127.0.0.1:{self.server.server_port}/x"
        addresses = {"web": f"http:{host}", "bare_web": host, "path": str(self.file)}
        for name, address in (addresses | {"file": self.file.as_uri()}).items():
            vector = vector.replace(f"{{{name}}}", address)
        render(PAGE.format(style="", body=vector))

    @property
    def touched(self) -> bool:
        return bool(self.asked) or str(self.file) in OPENED


OPENED: set[str] = set()
sys.addaudithook(lambda event, args: OPENED.add(str(args[0])) if event == "open" else None)


@pytest.fixture
def outside(tmp_path):
    place = Outside(tmp_path)
    yield place
    place.server.shutdown()
    place.server.server_close()


def carelessly(html: str) -> None:
    HTML(string=html, base_url="file:///").write_pdf()


@pytest.mark.parametrize("vector", VECTORS)
def test_document_reaches_nothing_outside(outside, vector):
    outside.render_with(vector, pdf.render)

    assert not outside.touched


def test_vectors_do_reach_out_without_our_fetcher(tmp_path):
    reached = 0
    for vector in VECTORS:
        outside = Outside(tmp_path)
        outside.render_with(vector, carelessly)
        outside.server.shutdown()
        outside.server.server_close()
        reached += outside.touched

    assert len(VECTORS) == 28
    assert reached >= 20


@pytest.mark.parametrize(
    "url",
    [
        "font:../pdf.py", "font:/etc/passwd", "font:%2e%2e/pdf.py", "font:ORIGIN.md", "font:",
        "font:nothing.ttf", "font:a\0.ttf", "FILE:///etc/passwd", "data:text/css,x", "ftp://x/y",
        "nowhere:/x", "../x", "", "data:text/html;image/png,x", "jar:file:///x",
    ],
)  # fmt: skip
def test_fetcher_refuses_what_is_not_ours(url):
    with pytest.raises(pdf.Refused):
        pdf.OwnFilesOnly().fetch(url)
