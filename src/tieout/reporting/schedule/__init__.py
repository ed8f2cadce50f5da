"""What a run needs that nobody watches: settled inputs, what moved, what is due, who is told, what is on record."""
