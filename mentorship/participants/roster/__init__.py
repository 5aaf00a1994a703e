"""Reading rosters: bytes to rows, rows to people. Pure functions, no database.

`read` turns a file into rows, `columns` guesses what each column holds, `values`
cleans one cell, `check` puts them together and says what is wrong with which cell.
"""
