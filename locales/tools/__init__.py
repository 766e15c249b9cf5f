"""The translators' workshop: catalogues kept in step with the code, inspected and written."""
