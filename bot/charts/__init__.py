"""Charts drawn: as SVG for pages, as PNG for apps that take pictures."""
