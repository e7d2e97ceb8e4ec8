"""Everything the application keeps, in one file that either database can be filled from.

``making`` writes it, ``restoring`` reads it, ``archive`` is the file itself, ``tables`` knows
how rows leave a database and come into one, ``nightly`` is what the clock does with it.
"""
