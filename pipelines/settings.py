"""One settings object: where raw reports, state and published things live, and limits (environment: FUPIN_…)."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from pipelines.patterns import regex

PROJECT = Path(__file__).resolve().parent.parent
_POOL = 2
_WORKERS = regex(r"[1-9]\d{0,3}|dask://[\w.\-\[\]:]+:\d+", re.ASCII)


class Settings(BaseModel):
    """Every path and limit the rooms use; each can be set as an environment variable FUPIN_<NAME>."""

    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True)

    home: Path = Field(PROJECT / "var", description="where runs keep their state")
    raw: Path = Field(PROJECT / "raw", description="the landing zone for reports, a folder or a URL")
    remote: SecretStr = Field(
        SecretStr(""), description="the landing zone's URL where it lies elsewhere, from FUPIN_RAW"
    )
    sql: Path = Field(PROJECT / "sql", description="schema, indicator and check statements")
    expectations: Path = Field(PROJECT / "expectations", description="Great Expectations suites")
    corrections: Path = Field(
        PROJECT / "pipelines" / "catalog" / "corrections", description="decisions about printed numbers"
    )
    decisions: Path = Field(PROJECT / "decisions", description="decisions about readings, one file per report")
    demand_review: bool = Field(
        False, description="whether a run asks that the figures below headline indicators are reviewed"
    )
    max_file_mb: int = Field(128, ge=1, description="a larger report is refused, in MiB")
    show_people: bool = Field(False, description="whether names and numbers of people are shown, which are masked else")
    duckdb_memory_limit: str = Field("2GB", description="memory that one DuckDB connection may use")
    duckdb_threads: int = Field(2, ge=1, description="threads that one DuckDB connection may use")
    query_seconds: float = Field(300.0, gt=0, description="how long one question to the snapshot may take")
    query_memory: str = Field("1GB", description="memory that one connection to the snapshot may use")
    query_spill: str = Field("4GB", description="what one connection to the snapshot may put on the disk meanwhile")
    lock_timeout_seconds: float = Field(30.0, ge=0, description="how long a load waits for another to end")
    settle_seconds: float = Field(1.0, ge=0, description="how long a new file lies unchanged before it is read")
    report_due_days: int = Field(365, ge=0, description="days after a year's end within which its report is in time")
    alerts: SecretStr = Field(SecretStr("file"), description="channels of alerts: console, file, or URLs of Apprise")
    language: Literal["en", "zh"] = Field("en", description="language of alerts, failures, traces and the desk")
    log: Literal["off", "text", "json"] = Field("off", description="form of the structured log")
    engine: Literal["duckdb", "ducklake", "spark"] = Field(
        "duckdb",
        validation_alias="FUPIN_WAREHOUSE",
        description="what the warehouse is: a file, a DuckLake, or a file whose models Spark makes as well",
    )
    lake_catalog: SecretStr = Field(SecretStr(""), description="catalogue of the DuckLake: postgresql://…")
    lake_data: str = Field("", description="data of the DuckLake: a folder, s3://bucket/…, or another store of fsspec")
    workers: str = Field("2", description="who reads reports in a bulk run: processes, pool, or dask://host:port")
    parse_memory_mb: int = Field(1536, ge=1, description="memory that reading one report may use, in MiB")
    parse_cpu_seconds: int = Field(60, ge=1, description="processor time that reading one report may use")
    parse_seconds: float = Field(120.0, gt=0, description="how long reading one report may take")
    spark_master: str = Field("local[2]", description="master of Spark: local[N] or spark://HOST:PORT")
    spark_memory: str = Field("2g", description="memory of the driver of Spark, as Java writes sizes")
    parse_output_mb: int = Field(256, ge=1, description="size of all that was read in one report, in MiB")

    @model_validator(mode="before")
    @classmethod
    def _from_environment(cls, given: dict[str, Any]) -> dict[str, Any]:
        """What is not given stands in the environment; a landing zone that is a URL is copied below `home`."""
        fields = cls.model_fields.items()
        variables = {name: str(field.validation_alias or f"FUPIN_{name.upper()}") for name, field in fields}
        given = {name: os.environ[said] for name, said in variables.items() if said in os.environ} | given
        raw = str(given.get("raw", ""))
        if "://" not in raw:
            return given | {"remote": ""}
        home = Path(given.get("home", cls.model_fields["home"].default))
        return given | {"raw": home / "landing", "remote": raw}

    @field_validator("workers", mode="before")
    @classmethod
    def _workers(cls, value: object) -> str:
        chosen = str(value).strip()
        if chosen != "pool" and not _WORKERS.fullmatch(chosen):
            raise ValueError("is a number of processes, pool, or the address of a scheduler: dask://host:port")
        return chosen

    @property
    def is_lake(self) -> bool:
        """Whether the warehouse is a DuckLake; Spark makes its models from a file."""
        return self.engine == "ducklake"

    @property
    def processes(self) -> int:
        """How many child processes of this machine read reports, or draw their pages, at a time."""
        return int(self.workers) if self.workers.isdigit() else _POOL

    @property
    def scheduler(self) -> str | None:
        """Host and port of the dask scheduler whose workers read, if there is one."""
        return self.workers.removeprefix("dask://") if self.workers.startswith("dask://") else None

    @property
    def duckdb_limits(self) -> dict[str, str | bool | int | float | list[str]]:
        """Configuration that every DuckDB connection starts with."""
        return {"threads": self.duckdb_threads, "memory_limit": self.duckdb_memory_limit}

    @property
    def archive(self) -> Path:
        """Raw bytes by content hash."""
        return self.home / "archive"

    @property
    def figures(self) -> Path:
        """One Parquet table of figures per report version."""
        return self.home / "figures"

    @property
    def facts(self) -> Path:
        """Parquet tables of facts per report version."""
        return self.home / "facts"

    @property
    def warehouse(self) -> Path:
        """The file the loader writes; nobody else opens it. Of a lake, the mark that this home has loaded into it."""
        return self.home / f"warehouse.{'ducklake' if self.is_lake else 'duckdb'}"

    @property
    def spark(self) -> Path:
        """What Spark built, as Parquet, and what it was found to be able to build."""
        return self.home / "spark"

    @property
    def alerts_folder(self) -> Path:
        """The log of alerts, and the record of what was sent."""
        return self.home / "alerts"

    @property
    def snapshot(self) -> Path:
        """The read-only copy that people, tools and pages open. Of a lake, the mark that this home has published."""
        return self.home / "published" / f"fupin.{'ducklake' if self.is_lake else 'duckdb'}"

    @property
    def lake_folder(self) -> str:
        """Where the data of the DuckLake lie: an absolute path or a URL."""
        return self.lake_data if "://" in self.lake_data else str(Path(self.lake_data or self.home / "lake").absolute())

    @property
    def site(self) -> Path:
        """The pages that programme officers look at."""
        return self.home / "published" / "site"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read from the environment once."""
    return Settings()
