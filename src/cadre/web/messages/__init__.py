"""The texts of pages in every language: found in the source, kept in catalogues, judged."""
