"""The website: pages rendered from the executed notebooks, and published whole or not at all."""
