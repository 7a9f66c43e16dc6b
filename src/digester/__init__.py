"""digester: a newsroom in a box for AI and recommender-systems news."""

__version__ = "0.1.0"
