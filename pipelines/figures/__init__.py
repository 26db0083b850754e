"""From a Document to figures: values, units, qualifiers, roles. What they are about is decided in meaning."""
