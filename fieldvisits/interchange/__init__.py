"""The tables of this app: holidays, and visits as history that is taken over."""
