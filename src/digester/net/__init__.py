"""The one way out: no other package imports the HTTP library."""
