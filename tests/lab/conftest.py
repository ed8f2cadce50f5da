"""The small company with hostile names of the reports."""

from reporting.conftest import database as database
