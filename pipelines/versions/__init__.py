"""One version of a report: what all rooms before have made of it, and the same as tables. No number changes here."""
