"""The grammar of written numbers, of both languages, for text and cells. Units and roles are decided outside."""
