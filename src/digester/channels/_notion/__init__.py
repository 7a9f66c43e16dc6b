"""What the Notion channel is made of: its API, rich text, blocks, the page of an issue, properties, and the upsert."""
