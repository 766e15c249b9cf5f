"""Letters by mail: consent, bounces, the secrets that links carry, and what a link opens."""
