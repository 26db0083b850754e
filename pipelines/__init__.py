"""Fupin turns poverty-alleviation reports into checked figures in a star schema; the rooms stand as data flows."""
