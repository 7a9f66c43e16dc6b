"""The demo: an invented world of papers, feeds, posts and podcasts, served on loopback."""
