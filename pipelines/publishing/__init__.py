"""What readers open: the read-only snapshot and what is listed from it. Nothing is computed anew here."""
