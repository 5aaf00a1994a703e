"""Faults that the site must survive, each as a function that makes one and looks.

`manage.py soak` runs them in full and writes docs/benchmarks/faults.md; the tests run
the same functions in short.
"""
