"""What people decided about readings: its files, how they are applied, what to look at next; knows no database."""
