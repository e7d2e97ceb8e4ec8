"""What each main page says to somebody who sees it for the first time: the one place."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# Cards of the desk that can be put away like the words of a page.
CARDS = frozenset({"start_progress"})
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
    "quarters": _(
        "The departments of the quarter: open one to see all its plans beside each other, who has "
        "not submitted, and where two teams meet at one unit."
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
    "imports": _(
        "Tables of Excel are looked through first: what is new, what would change, what is wrong. "
        "Nothing is taken in before you confirm, and the last import can be taken back."
    ),
    "annual_reports": _(
        "Each department reports its year: it writes the results and the lessons, the figures are "
        "attached by themselves. Organisation and Inspection puts the report before the Standing "
        "Committee, which receives it."
    ),
    "visit": _(
        "The line of steps shows how far the visit has come, with days and names. What you can do "
        "now stands beside the title; the papers around it and its history stand below."
    ),
    "products": _(
        "A thematic visit owes a product. Hand it in as a file or a link; until your superior has "
        "accepted it the days of the visit are provisional."
    ),
    "requests": _(
        "A visit that no plan could foresee is asked for here, in two screens. Your superior gives "
        "a word on it, the Standing Committee decides; each line says who has it now."
    ),
    "written": _(
        "A week with a visit owes a report, and each quarter one more. Much of it is drafted from "
        "your visits: add what came of them and what you propose, then submit."
    ),
    "notices": _(
        "Each approved visit is announced to its unit, which receives it, proposes another day or "
        "says that it cannot. What is open is settled by the head."
    ),
    "confirmations": _(
        "Planned, approved, reported and confirmed side by side. Tick the visits to ask their "
        "units about; a missing answer takes no day away, a “no” is worked through first."
    ),
    "sitting": _(
        "Choose a line, read it beside the agenda and decide; lines that are alike are decided "
        "together. Until the chair closes the sitting every decision can be undone."
    ),
    "regulation": _(
        "Every rule in plain words, with the sentence of the source behind it and the numbers of "
        "the year. Say that you have read it; the office knows who has not."
    ),
    "inbox": _(
        "All messages to you, newest first; each leads to its paper. Which of them also come by "
        "mail is your choice, under My profile."
    ),
    "delegations": _(
        "Whoever is away lets somebody stand in, from one day to another. Decisions then carry "
        "both names; whoever is back earlier ends it here."
    ),
    "who_decides": _(
        "For any day: who decides on whose papers, by office or standing in for somebody. Choose a "
        "day to look back or ahead."
    ),
    "annual": _(
        "The summary of a year as of a day, from the days accepted. Ask for it and go on with your "
        "work; it stands here when it is ready."
    ),
    "administration": _(
        "What you look after, and how the system is doing today. Every number opens its rows."
    ),
    "invitations": _(
        "Whoever has no account is invited here: by mail with a link of their own, or with a "
        "printed slip. The list says who was invited and who accepted."
    ),
}
