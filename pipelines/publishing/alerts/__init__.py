"""Who hears about failures: events of the warehouse and of runs, told once on every channel; nothing is judged here."""
