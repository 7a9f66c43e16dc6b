"""Pure judgement over domain values: figures, ratings, stories, themes, selection."""
