"""From HTML to PDF: the only file that knows WeasyPrint.

The same HTML always gives the same bytes, so that a frozen snapshot is a frozen document:
nothing of the moment is printed, and the fonts are our own.
"""

from pathlib import Path
from threading import Lock
from urllib.parse import unquote

from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

FONTS = Path(__file__).resolve().parent / "fonts"
FONT_SCHEME = "font:"  # "font:LiberationSerif-Bold.ttf" in a style sheet

# Pango is used by one thread at a time; a report more or less at once makes no difference.
_one_at_a_time = Lock()


class Refused(ValueError):
    """A document asked for something that is not ours."""


class OwnFilesOnly(URLFetcher):
    """Hands out our fonts and pictures that stand in the document itself; refuses the rest.

    Whatever somebody types into a form may end up in a document; without this it could
    read files of the server or call other machines.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        scheme, _, rest = url.partition(":")
        if scheme.lower() == "data" and rest.lower().startswith("image/"):
            return super().fetch(url, headers)
        if url.startswith(FONT_SCHEME):
            return self._font(unquote(url.removeprefix(FONT_SCHEME)))
        message = f"documents may not load {url[:200]!r}"
        raise Refused(message)

    def _font(self, name: str) -> URLFetcherResponse:
        path = FONTS / name
        if path.parent != FONTS or path.suffix != ".ttf" or not path.is_file():
            message = f"there is no font {name[:200]!r}"
            raise Refused(message)
        headers = {"Content-Type": "font/ttf"}
        return URLFetcherResponse(f"{FONT_SCHEME}{name}", path.read_bytes(), headers)


def render(html: str) -> bytes:
    """Return ``html`` as a tagged PDF (PDF/UA-1).

    A relative address has no base here, so it leads nowhere.
    """
    with _one_at_a_time:
        document = HTML(string=html, base_url="nowhere:/", url_fetcher=OwnFilesOnly())
        pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return pdf
