"""Language models through any OpenAI-compatible endpoint: client, ledger, budget, prompts."""
