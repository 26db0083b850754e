"""The page for people: a static site made from the snapshot and the archive. No figure is computed or decided here."""
