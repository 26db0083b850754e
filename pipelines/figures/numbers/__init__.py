"""The grammar of written numbers: every form of both languages, for text and cells. Units and roles are decided outside."""
