"""The pages of the site, a module for each kind: which there are, what they are made of, and when they are made anew."""
