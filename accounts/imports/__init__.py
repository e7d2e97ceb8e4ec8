"""Imports that somebody asked for in the browser.

Uploaded (``uploads``), looked through in a dry run and taken in by a worker (``working``),
confirmed and taken back by a person (``asking``), who is told how it ended (``telling``).
What is read and written is the interchange's: there is no second reader.
"""
