"""The program an agency keeps to check exported journals by itself; it imports nothing of ours."""
