"""What an action refused, put where the person will look for it: as everywhere."""

from accounts.forms.refusals import CONFLICT as CONFLICT
from accounts.forms.refusals import FIELD as FIELD
from accounts.forms.refusals import FORBIDDEN as FORBIDDEN
from accounts.forms.refusals import MOVED as MOVED
from accounts.forms.refusals import UNPROCESSABLE as UNPROCESSABLE
from accounts.forms.refusals import add_refusal as add_refusal
from accounts.forms.refusals import renew as renew
from accounts.forms.refusals import said_on_page as said_on_page
from accounts.forms.refusals import show_the_present as show_the_present
