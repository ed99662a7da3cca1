"""The only place that knows every part: it builds the running whole."""
