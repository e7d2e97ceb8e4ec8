"""The map of units: points at their coordinates, as large as their days; a ring if nobody came.

Positions are numbers of a view box, so the same drawing stands on the page and on paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sqrt
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH = 340
MARGIN = 40
SMALLEST, LARGEST, RING = 3.0, 12.0, 5.0
CROWD = 40  # more points than this are drawn smaller
LETTER, LINE = 7.0, 13.0  # of a label
MOST_LABELS = 45
FEW, PART = 12, 0.13  # no second drawing for so few; the part of the span it shows to each side


@dataclass(frozen=True, slots=True)
class Spot:
    """A unit to be drawn; no half-day means nobody came."""

    unit_id: int
    name: str
    lat: float
    lon: float
    half_days: int
    is_coming: bool


@dataclass(frozen=True, slots=True)
class Point:
    spot: Spot
    x: float
    y: float
    r: float

    @property
    def covered(self) -> bool:
        return self.spot.half_days > 0


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    x: float
    y: float
    anchor: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Map:
    width: int
    height: int
    points: tuple[Point, ...]
    labels: tuple[Label, ...]


type_of_box = tuple[float, float, float, float]


def draw(spots: Sequence[Spot]) -> Map | None:
    """Return the drawing, or None where no unit has coordinates."""
    if not spots:
        return None
    south, north = min(s.lat for s in spots), max(s.lat for s in spots)
    west, east = min(s.lon for s in spots), max(s.lon for s in spots)
    squeeze = cos(radians((south + north) / 2))
    span = max((east - west) * squeeze, (north - south) * 0.7, 0.02)
    scale = (WIDTH - 2 * MARGIN) / span
    left = (WIDTH - (east - west) * squeeze * scale) / 2
    most = max((s.half_days for s in spots), default=0)
    largest = LARGEST if len(spots) <= CROWD else LARGEST / 2
    points = tuple(
        Point(
            s,
            round(left + (s.lon - west) * squeeze * scale, 1),
            round(MARGIN / 2 + (north - s.lat) * scale, 1),
            _radius(s.half_days, most, largest),
        )
        for s in sorted(spots, key=lambda s: -s.half_days)  # small ones lie above large ones
    )
    height = round(MARGIN + (north - south) * scale)
    return Map(WIDTH, height, points, tuple(_labels(points)))


def centre(spots: Sequence[Spot]) -> list[Spot]:
    """The spots of the crowded middle, for a second drawing at a larger scale."""
    if len(spots) <= FEW:
        return []
    lat, lon = median(s.lat for s in spots), median(s.lon for s in spots)
    high = (max(s.lat for s in spots) - min(s.lat for s in spots)) * PART
    wide = (max(s.lon for s in spots) - min(s.lon for s in spots)) * PART
    return [s for s in spots if abs(s.lat - lat) <= high and abs(s.lon - lon) <= wide]


def _radius(half_days: int, most: int, largest: float) -> float:
    if not half_days:
        return RING
    return round(SMALLEST + (largest - SMALLEST) * sqrt(half_days / most), 1)


def _labels(points: Sequence[Point]) -> Iterable[Label]:
    """Names where they cover neither a point nor another name; uncovered units first."""
    taken = [(p.x - p.r, p.y - p.r, p.x + p.r, p.y + p.r) for p in points]
    wanted = sorted(points, key=lambda p: (p.covered, -p.spot.half_days))
    written = 0
    for point in wanted:
        for label, box in _places(point):
            if written < MOST_LABELS and _is_free(box, taken):
                taken.append(box)
                written += 1
                yield label
                break


def _places(point: Point) -> Iterable[tuple[Label, type_of_box]]:
    """Right, left, above, below."""
    text, wide = point.spot.name, len(point.spot.name) * LETTER
    x, y, gap = point.x, point.y, point.r + 3
    strong = not point.covered
    middle = y + 4
    yield (
        Label(text, round(x + gap, 1), round(middle, 1), "start", strong),
        (x + gap, y - LINE / 2, x + gap + wide, y + LINE / 2),
    )
    yield (
        Label(text, round(x - gap, 1), round(middle, 1), "end", strong),
        (x - gap - wide, y - LINE / 2, x - gap, y + LINE / 2),
    )
    for at in (y - gap - 2, y + gap + 9):
        yield (
            Label(text, x, round(at, 1), "middle", strong),
            (x - wide / 2, at - LINE + 3, x + wide / 2, at + 3),
        )


def _is_free(box: type_of_box, taken: Iterable[type_of_box]) -> bool:
    x0, y0, x1, y1 = box
    if x0 < 0 or x1 > WIDTH or y0 < 0:
        return False
    return not any(x0 < bx1 and bx0 < x1 and y0 < by1 and by0 < y1 for bx0, by0, bx1, by1 in taken)
