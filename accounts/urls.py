"""Addresses of what everybody has: the desk, messages, search, one's own page."""

from django.urls import URLPattern, URLResolver, include, path

from accounts.views import desk, hints, import_files, imports, inbox, profile, search

app_name = "accounts"

# /inbox/
inbox_urls = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.inbox_read_all, name="inbox-read-all"),
    path("inbox/<int:pk>/", inbox.inbox_open, name="inbox-open"),
]

# /organisation/import/<pk>/
import_urls = [
    path("", imports.import_detail, name="import-detail"),
    path("progress/", imports.import_progress, name="import-progress"),
    path("confirm/", imports.import_confirm, name="import-confirm"),
    path("again/", imports.import_again, name="import-again"),
    path("undo/", imports.import_undo, name="import-undo"),
    path("problems/", import_files.import_problems, name="import-problems"),
    path("file/", import_files.import_file, name="import-file"),
]

# /organisation/import/
imports_urls: list[URLPattern | URLResolver] = [
    path("", imports.imports, name="import"),
    path("ready-made/", imports.import_ready_made, name="import-ready-made"),
    path("template/", import_files.import_template, name="import-template"),
    path("export/", import_files.export_organisation, name="export-organisation"),
    path("<int:pk>/", include(import_urls)),
]

# /
urlpatterns = [
    path("", desk.desk_page, name="desk"),
    *inbox_urls,
    path("organisation/import/", include(imports_urls)),
    path("search/", search.search, name="search"),
    path("me/hints/", hints.hints, name="hints"),
    path("me/", profile.profile, name="profile"),
]
