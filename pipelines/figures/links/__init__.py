"""What a number is part of or speaks about."""
