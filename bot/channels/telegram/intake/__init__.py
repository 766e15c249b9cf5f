"""Updates on their way in: polling or webhook, parsed, each taken once."""
