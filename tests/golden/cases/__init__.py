"""The golden cases, a module for each file: `make()` returns the list of cases."""
