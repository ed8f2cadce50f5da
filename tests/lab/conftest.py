"""The small company with hostile names and the browser of the reports."""

from reporting.conftest import browser as browser
from reporting.conftest import database as database
