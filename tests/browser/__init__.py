"""The project's own site, as a browser and its readers get it."""
