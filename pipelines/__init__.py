"""Fupin turns poverty-alleviation reports into checked figures in a star schema; rooms stand in the order data flows."""
