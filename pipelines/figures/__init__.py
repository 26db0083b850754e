"""From a Document to figures: values, units, qualifiers, roles, intervals. What they are about is decided in meaning."""
