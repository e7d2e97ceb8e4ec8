"""What each main page says to somebody who sees it for the first time: the one place."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

HINTS = {
    "desk": _(
        "Here stands what waits for you, with its deadline, the most urgent first. Open a line "
        "to do it; when the list is empty, nothing waits."
    ),
    "plans": _(
        "A quarterly plan lists the visits you intend to make. Open the plan of the quarter, "
        "enter the visits, check, then submit it to your superior."
    ),
    "plan": _(
        "Each row is one visit: unit, days, content. Above stands who has the plan now and what "
        "happens next; nothing is sent before you press."
    ),
    "quarter": _(
        "All plans of the department side by side. Agree to each or return it with a word, write "
        "down the meeting, then forward the dossier."
    ),
    "dossiers": _(
        "The plans of the departments on their way to the Standing Committee. Open one to read "
        "it, put it forward or return it saying what is missing."
    ),
    "sittings": _(
        "In a sitting the Standing Committee decides visit by visit. Nothing takes effect before "
        "the chair closes the sitting; until then every decision can be undone."
    ),
    "visits": _(
        "Approved visits of the agency. Open one of yours to report its result, or filter the "
        "list; the filter stays in the address, so it can be sent to a colleague."
    ),
    "units": _(
        "The units that are visited, as they were on any day. Open one to see who went there "
        "when, and what is coming."
    ),
    "organisation": _(
        "Enter a person first, then appoint them to an office. Every change shows what follows "
        "before you confirm it; nothing of the past is lost."
    ),
    "clusters": _(
        "Units are grouped into clusters for a time; here they stand side by side. Open a "
        "cluster to see its units; the list of units can be narrowed to one cluster."
    ),
    "programme": _(
        "What the agency organises in the year, in order of the days. Open an activity to see "
        "which visits belong to it; in a plan, a joint activity names the one it is part of."
    ),
    "dashboard": _(
        "The agency in one look, as of the day above. Every number opens the rows it was "
        "counted from."
    ),
    "people": _(
        "Everybody's days against the target. Open a person to see how each day is counted, and "
        "why one is not."
    ),
    "issues": _(
        "A proposal of a report stands here once the superior has read it, with who answers it and "
        "by when. Open one to answer it, to close it or to open it again."
    ),
    "annual_reports": _(
        "Each department reports its year: it writes the results and the lessons, the figures are "
        "attached by themselves. Organisation and Inspection puts the report before the Standing "
        "Committee, which receives it."
    ),
}
