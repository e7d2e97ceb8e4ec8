"""What the planner brings to everybody's desk, one module per kind of paper."""

from fieldvisits.desk import beside, notices, papers, people, requests

# In this order on the desk, where two things are equally urgent.
ROOMS = (papers, requests, beside, people, notices)


def join_in() -> None:
    """Called once, when the app is ready."""
    for room in ROOMS:
        room.join_in()
