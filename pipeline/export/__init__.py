"""Exports: the tables as other tools and other data sets have them; one module a format, each a function from tables to a file.

What goes in is chosen by `selection`, said to be ours by `notice`, and freed of Crisis Group's sentences by `withheld`.
"""
