"""Read models: what a page, a room or a document shows; they never write."""
