"""What is done beside the pages and never within them, by a worker process of its own."""
