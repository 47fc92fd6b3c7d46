"""The type of the numbers that a report tells: whole ones stay whole (12, not 12.0), also where the program runs compiled.

Compiled code turns whatever goes into a ``float`` into a binary fraction; a union keeps what was read.
"""

Number = int | float
