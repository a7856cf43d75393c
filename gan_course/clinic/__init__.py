"""The bug clinic: twelve bugs, each behind one switch, with the sign that gives it away."""
