"""Waggle: a public, reproducible account of progress on a children's services plan."""
