"""Metrics for Prometheus: what is counted while the service works, and the page that shows it."""
