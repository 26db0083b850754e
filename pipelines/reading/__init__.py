"""From a file to a Document: ordered text blocks and tables with their locators. No number is interpreted here."""
