"""Figures, one query each, in words that the apps below define."""
