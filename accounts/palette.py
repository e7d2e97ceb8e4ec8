"""The colours of drawings, on paper and on the screen.

Drawings carry these values as attributes of their shapes, because a PDF applies no style
sheet inside a drawing. On the screen the classes beside them (``f-done``, ``s-ink``, in
``static/css/days.css``) give the dark values.
"""

ACCENT = "#0a57ad"  # counted; edges
ACCENT_MID = "#7fa9da"  # done but provisional
ACCENT_SOFT = "#e4eef9"
SHEET = "#ffffff"
RAIL = "#f5f7f9"
LINE = "#b9c2cd"
INK = "#15202b"
INK_SOFT = "#445162"
OK = "#17683f"
WARN = "#8a4b00"
BAD = "#a4231a"
HATCH = "url(#hatch)"  # approved, not yet done; drawn by HATCH_PATTERN or by the page's sprite

# For documents, which have no sprite: put it once into the <defs> of the drawing.
HATCH_PATTERN = (
    '<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)">'
    f'<rect width="5" height="5" fill="{ACCENT_SOFT}"/>'
    f'<path d="M0 0V5" stroke="{ACCENT}" stroke-width="2.4"/></pattern>'
)
