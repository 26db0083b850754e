"""The review desk, in the terminal and as a served page: what to look at next, and decisions taken. Calls the rooms."""
