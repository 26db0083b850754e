"""The DuckDB star: connection and lock, schema, loading one report version, refreshing indicators. SQL lives in sql/."""
