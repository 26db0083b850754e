"""Tables as figures: parts of a sheet, kinds of its columns, what its cells hold, and which rows make up which."""
