"""The records: rows, the transaction they change in, and the journal of what happened."""
