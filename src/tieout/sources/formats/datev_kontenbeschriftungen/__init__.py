"""DATEV's names of ledger accounts (Kontenbeschriftungen)."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="datev_kontenbeschriftungen",
    title="DATEV Kontenbeschriftungen",
    takes=takes("*konto *kontenbeschriftung=kontobeschriftung"),
    drops=drops("sprach_id sprachid kontenbeschriftung_lang kontobeschriftung_lang"),
    fills=("gl_accounts",),
    books="datev",
)
