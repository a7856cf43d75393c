"""Runs of the laboratory kept in files: how they are made and played, and the one that ships."""
