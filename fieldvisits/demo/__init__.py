"""The demonstration agency: invented people, the real units, papers in every state.

The past comes in through the interchange, as an office's own records would; the
current quarter is acted out, step by step, through the same actions people use.
"""
