"""How evenly a score falls on honest people: rates by group at one operating point, with intervals.

A wrong flag harms an honest person, and one that falls on some groups more than on others harms
the group. So the gate is not a paragraph but a number: at the score that flags one honest record
in a hundred, the largest rate of any group over the smallest.
"""
