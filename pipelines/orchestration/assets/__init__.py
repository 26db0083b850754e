"""The assets, a module for each of their rooms; no rules in here."""
