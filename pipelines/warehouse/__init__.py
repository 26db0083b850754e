"""The DuckDB star: connection and lock, schema, loading report versions, refreshing indicators. SQL lives in sql/."""
