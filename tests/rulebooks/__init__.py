"""The rulebooks of other publishers, on invented complaints worked out by hand."""
