"""Tables in and out: a folder of CSV files or one Excel workbook (docs/figures.md, section 2).

Each app registers its tables in ``AppConfig.ready`` (``tables.register``), lower apps
first, so that a table only refers to tables before it.
"""
