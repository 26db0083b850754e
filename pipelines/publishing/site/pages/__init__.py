"""The pages of the site, a module for each kind: which there are, and what they are made of."""
