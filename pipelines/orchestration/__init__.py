"""Dagster's shell: assets, checks, sensors, schedules, jobs. No rule about reports lives here."""
