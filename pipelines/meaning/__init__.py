"""From figures to facts: program, source, stage, measure, region, period, composition. No figure's value changes here."""
