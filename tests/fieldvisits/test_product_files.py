"""A5, G2: only the allow-list passes, under names of our own, through a view that asks."""

import io
import re
import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from fieldvisits.actions import products
from fieldvisits.checks import uploads
from fieldvisits.models import Product, ProductFile
from tests.factories.agency import approved_visit, inspector_of_agency, make_agency, representative
from tests.factories.uploads import GOOD, JPEG, PDF, PNG, archive, odt, office

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.fixture
def agency():
    with time_machine.travel("2018-09-20 09:00+07:00", tick=False) as clock:
        agency = make_agency()
        agency.clock = clock
        yield agency


@pytest.fixture
def product(agency):
    visit = approved_visit(agency, date(2018, 10, 9), kind="thematic")
    agency.clock.move_to("2018-10-10 09:00+07:00")
    return Product.objects.get(visit=visit)


def check(name, content, largest=1 << 20):
    uploads.check_content(name, io.BytesIO(content), largest=largest)


def refusal(name, content):
    """The sentence a file is refused with; nothing if it is taken."""
    try:
        check(name, content)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def encrypted():
    content = bytearray(office())
    at = content.index(b"PK\x01\x02") + 8
    struct.pack_into("<H", content, at, 1)
    return bytes(content)


def overlapping():
    """Two entries that unpack the same bytes: what the best zip bombs are made of."""
    content = bytearray(office())
    first = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", first + 4)
    struct.pack_into("<I", content, second + 42, 0)
    return bytes(content)


def lying():
    """A part whose header claims less than it unpacks to."""
    content = bytearray(office(bomb=b"\0" * (4 << 20)))
    at = content.rindex(b"PK\x01\x02") + 24
    struct.pack_into("<I", content, at, 100)
    return bytes(content)


def repeated():
    buffer = io.BytesIO(office())
    with zipfile.ZipFile(buffer, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("word/document.xml", b"<other/>")
    return buffer.getvalue()


@pytest.mark.parametrize("kind", GOOD)
def test_file_of_an_allowed_kind_passes(kind):
    assert refusal(f"Báo cáo.{kind}", GOOD[kind]) == ""


PAIRS = [(kind, other) for kind in GOOD for other in ("pdf", "png", "docx", "odt") if kind != other]


@pytest.mark.parametrize(("kind", "other"), PAIRS)
def test_content_of_another_kind_is_refused(kind, other):
    with pytest.raises(ValidationError):
        check(f"a.{kind}", GOOD[other])


DISGUISES = {
    "svg": ("a.svg", SVG),
    "svg as png": ("a.png", SVG),
    "html": ("a.html", b"<html>"),
    "html as pdf": ("a.pdf", b"<html>%PDF-1.4 %%EOF"),
    "program": ("a.exe", b"MZ"),
    "two endings": ("a.pdf.exe", PDF),
    "no ending": ("pdf", PDF),
    "empty": ("a.pdf", b""),
    "pdf with an archive": ("a.pdf", PDF + archive({"a": b"x"})),
    "pdf with markup behind": ("a.pdf", PDF + b"<script>alert(1)</script>"),
    "pdf with a tail": ("a.pdf", PDF + b"MZ program"),
    "pdf not at the start": ("a.pdf", b"GIF89a" + PDF),
    "png with an archive": ("a.png", PNG + archive({"a": b"x"})),
    "png with a tail": ("a.png", PNG + b"tail"),
    "png damaged": ("a.png", PNG.replace(b"IHDR\0\0\0\1", b"IHDR\0\0\0\2")),
    "png cut short": ("a.png", PNG[:-6]),
    "jpeg with an archive": ("a.jpg", JPEG + archive({"a": b"x"})),
    "jpeg with markup": ("a.jpg", JPEG + b"<?php system('id')"),
    "jpeg cut short": ("a.jpg", JPEG[:12]),
    "archive as docx": ("a.docx", archive({"a.txt": b"x"})),
    "excel as word": ("a.docx", office("xlsx")),
    "docx with a front": ("a.docx", PDF + office()),
    "docx with a tail": ("a.docx", office() + b"MZ"),
    "docx with macros": ("a.docx", office(**{"word/vbaProject.bin": b"x"})),
    "docx with a program": ("a.docx", office(**{"word/embeddings/a.exe": b"MZ"})),
    "docx with a path": ("a.docx", office(**{"../../etc/passwd": b"x"})),
    "docx with a root": ("a.docx", office(**{"/etc/passwd": b"x"})),
    "docx encrypted": ("a.docx", encrypted()),
    "docx overlapping": ("a.docx", overlapping()),
    "docx that unpacks to too much": ("a.docx", office(bomb=b"\0" * (300 << 20 >> 3))),
    "docx that lies": ("a.docx", lying()),
    "odt with macros": ("a.odt", odt(**{"Basic/a.xml": b"x"})),
    "odt of another kind": ("a.odt", archive({"mimetype": b"application/zip"})),
}


@pytest.mark.parametrize("name", DISGUISES)
def test_disguise_is_refused(name):
    with pytest.raises(ValidationError):
        check(*DISGUISES[name])


def test_part_that_is_there_twice_is_refused():
    with pytest.raises(ValidationError):
        check("a.docx", repeated())


def test_file_that_is_too_large_is_refused():
    check("a.pdf", PDF, largest=len(PDF))

    with pytest.raises(ValidationError):
        check("a.pdf", PDF, largest=len(PDF) - 1)


BAD_NAMES = ["../a.pdf", "..\\a.pdf", "/etc/a.pdf", "a\0.pdf", "a\n.pdf", "", "x" * 300 + ".pdf",
             "\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe"]  # fmt: skip


@pytest.mark.parametrize("name", BAD_NAMES)
def test_name_that_is_a_path_or_a_disguise_is_refused(name):
    with pytest.raises(ValidationError):
        uploads.checked_name(name)


def attached(product, agency, name="Báo cáo.pdf", content=PDF):
    return products.attach(product, by=agency.cadre, file=SimpleUploadedFile(name, content))


def on_disk():
    return {path.name for path in (Path(settings.MEDIA_ROOT) / "products").glob("*")}


def test_stored_name_is_ours_and_the_shown_one_the_uploaders(product, agency):
    row = attached(product, agency)

    assert re.fullmatch(r"products/[0-9a-f]{32}\.pdf", row.file.name)
    assert (row.name, row.size) == ("Báo cáo.pdf", len(PDF))
    assert Path(row.file.path).is_relative_to(settings.MEDIA_ROOT)


def test_refused_file_leaves_nothing_behind(product, agency):
    attached(product, agency)
    before = on_disk()
    for file in (SimpleUploadedFile("a.pdf", SVG), SimpleUploadedFile("b.pdf", PDF)):
        with pytest.raises(ValidationError):  # the second one is there already
            products.attach(product, by=agency.cadre, file=file)

    assert (on_disk(), ProductFile.objects.count()) == (before, 1)


def test_only_the_cadre_attaches_and_only_while_it_is_owed(product, agency):
    with pytest.raises(PermissionDenied):
        products.attach(product, by=agency.head, file=SimpleUploadedFile("a.pdf", PDF))
    attached(product, agency)
    products.write(product, by=agency.cadre, title="Báo cáo", summary="Nêu ba đề xuất cụ thể",
                   link="")  # fmt: skip
    products.submit(product, by=agency.cadre)

    with pytest.raises(ValidationError):
        attached(product, agency, "b.png", PNG)


def test_removed_file_leaves_the_disk(product, agency, django_capture_on_commit_callbacks):
    row = attached(product, agency)
    path = Path(row.file.path)
    with django_capture_on_commit_callbacks(execute=True):
        products.detach(row, by=agency.cadre)

    assert (path.exists(), product.files.count()) == (False, 0)


def address(row):
    return f"/products/{row.product_id}/files/{row.pk}/"


def test_file_is_sent_to_be_saved_with_the_type_that_was_checked(client, product, agency):
    row = attached(product, agency)
    client.force_login(agency.cadre)
    answer = client.get(address(row))

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"


def status_of(client, person, where):
    client.force_login(person)
    answer = client.get(where)
    b"".join(answer.streaming_content if answer.streaming else [])  # read to its end: closed
    return answer.status_code


def test_file_is_seen_by_those_who_see_the_product_alone(client, product, agency):
    row = attached(product, agency)
    unit, ubkt = representative(agency.unit), inspector_of_agency()
    others = {"colleague": agency.colleague, "stranger": agency.stranger, "unit": unit,
              "ubkt": ubkt, "secretary": agency.secretary}  # fmt: skip

    assert {name: status_of(client, who, address(row)) for name, who in others.items()} == (
        dict.fromkeys(others, 404)  # not handed in yet
    )
    assert status_of(client, agency.head, address(row)) == 200
    Product.objects.filter(pk=product.pk).update(state="accepted")
    found = {name: status_of(client, who, address(row)) for name, who in others.items()}
    assert found == {**dict.fromkeys(others, 200), "unit": 404}


def test_file_of_another_product_is_not_reached_through_ones_own(client, product, agency):
    row = attached(product, agency)
    client.force_login(agency.cadre)

    assert client.get(f"/products/{product.pk + 1}/files/{row.pk}/").status_code == 404
    for where in (f"/media/{row.file.name}", f"/{row.file.name}", f"/products/{row.file.name}"):
        assert client.get(where).status_code == 404


def test_missing_file_is_not_found_and_no_error(client, product, agency, caplog):
    row = attached(product, agency)
    Path(row.file.path).unlink()
    client.force_login(agency.cadre)

    assert client.get(address(row)).status_code == 404
    assert "is gone" in caplog.text


def test_file_is_attached_through_the_page(client, product, agency):
    client.force_login(agency.cadre)
    data = {"title": "Báo cáo", "file": SimpleUploadedFile("../../x.pdf", PDF)}
    answer = client.post(f"/products/{product.pk}/write/", data)

    assert answer.status_code == 302
    assert product.files.get().name == "x.pdf"


def test_refused_file_keeps_what_was_written(client, product, agency):
    client.force_login(agency.cadre)
    data = {"title": "Báo cáo mới", "link": "", "file": SimpleUploadedFile("x.svg", SVG)}
    answer = client.post(f"/products/{product.pk}/write/", data)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["file"]
    product.refresh_from_db()
    assert (product.title, product.files.count()) == ("Báo cáo mới", 0)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://a.example/x", "data:text/html,x"])
def test_link_that_is_no_page_is_refused(client, product, agency, link):
    client.force_login(agency.cadre)
    answer = client.post(f"/products/{product.pk}/write/", {"title": "B", "link": link})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["link"])
