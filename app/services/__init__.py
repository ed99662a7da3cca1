"""Use-cases: a frozen command and a function each; the only writers."""
