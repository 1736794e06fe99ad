"""The tables for download beyond plain CSV: JSON, a workbook, and a data package of them all.

Nothing is computed here: what stands in a table of a quarter is written down in another form, with
what `fields` says of its columns.
"""
