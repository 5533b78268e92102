"""The commands, one module each: they read the options and call the API."""
