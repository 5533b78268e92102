"""A run: from inputs through the check to the outputs."""
