"""Engines beyond one DuckDB file: workers, DuckLake, Spark, PostgreSQL."""
