"""Text as the other rooms ask for it: its sentences and clauses, its words, nouns and signs, and what its lists say."""
