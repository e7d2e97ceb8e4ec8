"""What looking back brings to everybody's desk, one module per kind of paper."""

from reports.desk import annual, issues, reports

# In this order on the desk, where two things are equally urgent.
ROOMS = (reports, annual, issues)


def join_in() -> None:
    """Called once, when the app is ready."""
    for room in ROOMS:
        room.join_in()
