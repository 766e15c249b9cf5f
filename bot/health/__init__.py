"""Whether the service can work, and what is done when it cannot: readiness, watchdog, outages, stuck updates."""
