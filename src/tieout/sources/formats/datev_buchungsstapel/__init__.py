"""DATEV's posting batch (Buchungsstapel): one row a posting between two accounts, below the line that says whose it is.

Field by field as developer.datev.de describes it: header version 510 to 700, format version 7 to 13.
"""

from tieout.sources.format import Format, drops, takes

_NUMBERED = {"beleginfo_art": 8, "beleginfo_inhalt": 8, "zusatzinformation_art": 20, "zusatzinformation_inhalt": 20}

FORMAT = Format(
    name="datev_buchungsstapel",
    title="DATEV Buchungsstapel",
    takes=takes("""
        *umsatz=umsatz_ohne_soll_haben_kz *soll_haben=soll_haben_kennzeichen *wkz_umsatz
        basis_umsatz wkz_basis_umsatz *konto *gegenkonto=gegenkonto_ohne_bu_schlüssel *bu_schluessel=bu_schlüssel
        *belegdatum *belegfeld_1 skonto eu_steuersatz=eu_steuersatz_bestimmung generalumkehr=generalumkehr_gu
        buchungs_guid
    """),
    drops=drops(
        """
        kurs belegfeld_2 buchungstext postensperre diverse_adressnummer geschäftspartnerbank sachverhalt zinssperre
        beleglink kost1_kostenstelle kost2_kostenstelle kost_menge eu_land_u_ustid_bestimmung eu_land_u_ustid
        eu_land_u_ust_idnr abw_versteuerungsart sachverhalt_l_l
        funktionsergänzung_l_l bu_49_hauptfunktionstyp bu_49_hauptfunktionsnummer bu_49_funktionsergänzung stück
        gewicht zahlweise forderungsart veranlagungsjahr zugeordnete_fälligkeit skontotyp auftragsnummer buchungstyp
        ust_schlüssel_anzahlungen eu_land_anzahlungen eu_mitgliedstaat_anzahlungen sachverhalt_l_l_anzahlungen
        eu_steuersatz_anzahlungen erlöskonto_anzahlungen herkunft_kz leerfeld kost_datum sepa_mandatsreferenz
        skontosperre gesellschaftername beteiligtennummer identifikationsnummer zeichnernummer postensperre_bis
        bezeichnung bezeichnung_sobil_sachverhalt kennzeichen kennzeichen_sobil_buchung festschreibung leistungsdatum
        datum_zuord datum_zuord_steuerperiode fälligkeit steuersatz land abrechnungsreferenz
        bvv_position bvv_position_betriebsvermögensvergleich eu_land_u_ustid_ursprung eu_steuersatz_ursprung
        abw_skontokonto
        """
        + " ".join(f"{name}_{number}" for name, count in _NUMBERED.items() for number in range(1, count + 1))
    ),
    fills=("gl_lines",),
    books="datev",
    # Fields 13 (beginning of the fiscal year), 14 (length of account numbers), 22 (currency) and 27 (chart of accounts)
    # of the first line; the names of people, of the consultant and of the client stand between them.
    preamble=(
        r"^(?:EXTF|DTVF)\t\d+\t21\t(?:[^\t\n]*\t){9}(\d{8})\t(\d*)"
        r"(?:\t(?:[^\t\n]*\t){7}([A-Z]*)(?:\t(?:[^\t\n]*\t){4}(\d*))?)?"
    ),
    leaves_out={
        "file_preamble is null": "its year is not known: the file has no first line (EXTF or DTVF, 21 …) that tells it",
        "upper(soll_haben) not in ('S', 'H')": "its Soll/Haben-Kennzeichen is neither S nor H",
        "number(skonto) <> 0": "a payment less Skonto: the account of the Skonto is not in the file",
        "wkz_umsatz <> coalesce(nullif(split_part(file_preamble, chr(9), 3), ''), 'EUR')"
        " and coalesce(number(basis_umsatz), 0) = 0":
            "an amount in another currency, without Basis-Umsatz",
    },
    prepares=("datev_buchungsstapel_postings", "datev_buchungsstapel_taxed"),
    has_findings=True,
)  # fmt: skip
