"""Records as a reader sees them: labels, counts, groupings and links, in frozen dataclasses.

Everything is worked out here, so that a partial only reads and loops.
"""
