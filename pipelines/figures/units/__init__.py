"""The unit of a number: beside it, announced before it, or carried on from its list or sentence."""
