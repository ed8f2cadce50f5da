"""Companies with known errors."""
