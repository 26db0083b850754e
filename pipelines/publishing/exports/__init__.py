"""The snapshot in formats that other programs read, one module each; nothing is computed or chosen anew here."""
