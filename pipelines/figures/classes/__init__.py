"""Which numbers are figures, and what the others are: dates, names, references, furniture, people."""
