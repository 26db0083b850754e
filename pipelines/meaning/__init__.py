"""From figures to facts: program, source, stage, measure, region, period, composition. No value changes here."""
