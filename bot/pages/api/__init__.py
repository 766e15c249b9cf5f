"""The register as open data: read-only JSON for programs, by an OpenAPI document, and all of it as a package."""

from bot.pages.api.routes import attach

__all__ = ["attach"]
