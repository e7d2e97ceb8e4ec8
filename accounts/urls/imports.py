"""/organisation/import/"""

from django.urls import URLPattern, URLResolver, include, path

from accounts.views import import_files, imports

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

urlpatterns: list[URLPattern | URLResolver] = [
    path("", imports.imports, name="import"),
    path("ready-made/", imports.import_ready_made, name="import-ready-made"),
    path("template/", import_files.import_template, name="import-template"),
    path("export/", import_files.export_organisation, name="export-organisation"),
    path("<int:pk>/", include(import_urls)),
]
