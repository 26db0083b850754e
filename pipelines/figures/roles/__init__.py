"""What a number is in its statement: a level, a plan, a change, a share."""
