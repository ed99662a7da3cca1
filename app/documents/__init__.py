"""Papers people file and hand over: PDF, charts, calendar files, drawn from frozen read models."""
