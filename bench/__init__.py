"""Measurements of the running product beside a plain server that promises nothing."""
