"""From a Document to figures: values, units, qualifiers, roles, intervals. What a figure is about is decided in meaning."""
