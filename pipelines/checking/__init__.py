"""Verdicts on figures and facts: interval arithmetic, root causes, shape suites. Nothing is corrected here."""
