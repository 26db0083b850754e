"""Dagster's shell: assets, checks, partitions, sensors, schedules, jobs. No rule about reports lives here."""
