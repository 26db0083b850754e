"""What tables are expected to look like: the files of `expectations/`, asked by Great Expectations; no database."""
