"""Vocabularies as YAML and CSV with their models: words, units, programs, sources, stages, regions, tables."""
