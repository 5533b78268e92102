"""Writing: from findings to text, a module a format."""
