"""Pictures as SVG: drawn here, coloured by the style sheet, read without scripts; pages decide what they show."""
