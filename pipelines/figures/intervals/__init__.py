"""How exact a number is: its interval, its qualifier, ranges, and numbers of several pieces."""
