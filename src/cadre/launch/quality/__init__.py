"""The words that judge the code: test, check, bench, lock."""
