"""A page for every indicator, made from the account: its text, its own figures, and the run's part.

They are pages and no notebooks: what each says of a measure is the same for all, and the analysis
stands in the notebooks of the ambitions and the Outcome Bees.
"""
