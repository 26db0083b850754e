"""Names of the assets."""

from dagster import AssetKey

from pipelines.warehouse.versions import FACT_TABLES

RAW = AssetKey(["raw", "report"])
CORE = FIGURES, FACTS, CHECKS = tuple(AssetKey(["core", name]) for name in ("figures", "facts", "checks"))
TABLES = tuple(AssetKey(["warehouse", name]) for name in FACT_TABLES)
SNAPSHOT = AssetKey(["published", "snapshot"])
SITE = AssetKey(["published", "site"])
