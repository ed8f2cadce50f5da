"""What the headers and the kinds of movement in files of the trade mean, in six languages.

A header is compared by its words: lower case, without accents, CamelCase parted. Of the patterns the first that is
found in it says what the column means, so the special ones stand first.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DATE = r"(date|datum|data|fecha|at|on|time|am)"
_NUMBER = r"(no|nr|num\w*|n|id|number|code|ref\w*|key|nummer)"
_PLACE = (
    r"(bin|loc\w*|warehouse|wh|ware|site|store|lager\w*|platz|depot|plant|plnt|werk|standort|almacen|ubicacion"
    r"|magazzino|ubicazione|entrepot|emplacement|magazijn|locatie|godown|facility|place)"
)
_COUNT = (
    r"(qty|quantity|quantities|units|pcs|pieces|menge|anzahl|stuck\w*|stk|quantite|qte|cantidad|cant|quantita|aantal)"
)
_MONEY = r"(amount|amt|betrag|montant|importe|importo|bedrag|total|sum|summe)"

_HEADERS: tuple[tuple[str, str], ...] = (
    ("customer", r"customer|kunde|client\b|cliente|buyer|ship to|bill to|e ?mail|phone|address|klant"),
    ("opening", r"opening|eroffnung|anfangssaldo|saldo (inicial|iniziale)|solde (initial|d ouverture)|vortrag"),
    ("closing", r"closing (bal|amount)|ending balance|endsaldo|schlusssaldo|saldo final|solde (final|de cloture)"),
    ("balance", r"^(running )?(balance|saldo|solde|kontostand)\b|balance$"),
    ("variance", r"variance|difference|differenz|ecart|diferencia|scarto|verschil"),
    ("count_date", rf"\b(count|stocktake|inventur|zahl)\w* ?{_DATE}\b"),
    ("person", r"\b(by|user|operator|employee|mitarbeiter|bearbeiter|usuario|utilisateur)$"),
    ("count", rf"\b(count|stocktake|inventur|zahlung|comptage|recuento|inventaire)( sheet)? ?{_NUMBER}$"),
    ("count", r"^(stocktake|stock count|inventur|recuento|inventaire)$"),
    ("counted", rf"\bcount(ed)? {_COUNT}|{_COUNT} count|^counted$|^count$|physical|gezahlt|istmenge"),
    ("counted", r"ist ?bestand|contad|^actual\b"),
    ("counted", r"zahlmenge|comptee\b|contata|geteld"),
    ("system_quantity", rf"\b(system|book|expected|theoretical|soll) ?({_COUNT}|stock|bestand)|sollmenge"),
    ("system_quantity", r"sollbestand"),
    ("system_quantity", r"buchbestand|theorique|teorica"),
    ("system_quantity", r"^(expected|book|system)$"),
    ("refund", rf"credit (note|memo)|(refund|return|rma) ?{_NUMBER}$|^rma$|gutschrift|^avoir|nota de credito"),
    ("refund_date", rf"(refund(ed)?|return(ed)?|erstattungs?) ?{_DATE}$|date of refund"),
    ("refund_amount", rf"refund(ed)? ?({_MONEY}|value)|amount refunded|erstattung|rembours|reembols|rimbors"),
    ("debit", r"^(debit|soll|debe|dare|dr)\b|debit$|^(umsatz|betrag) soll$"),
    ("credit", r"^(credit|haben|haber|avere|cr)\b|credit$|^(umsatz|betrag) haben$"),
    ("parent", r"^(parent|kit|bundle|assembly|finished|baugruppe|stuckliste|compose)\b"),
    ("component", r"component|komponente|^child|composant|componente|ingredient"),
    ("from_place", rf"\b(from|source|origin|von|quell\w*|depuis|origen|origine|da|van) ?.*{_PLACE}"),
    ("from_place", r"^(from|source|von)$"),
    ("from_place", rf"{_PLACE} (from|source|origen|origine|depart|de depart|di partenza|partenza|herkunft)$"),
    ("to_place", rf"\b(to|dest\w*|nach|ziel\w*|vers|destino|naar) ?.*{_PLACE}|^(to|destination|nach)$"),
    ("to_place", rf"{_PLACE} (to|dest\w*|d arrivee|arrivee|arrivo|ziel)$"),
    ("rate", r"(exchange|fx|conversion) ?(rate)?$|umrechnungskurs|wechselkurs|taux de change"),
    ("rate", r"tipo de cambio|^(rate|kurs)$"),
    ("period", r"^(fiscal |accounting )?(period|periode|periodo|month|monat|mois|mes)$"),
    ("account_name", r"(account|acct|compte|cuenta|conto) ?(name|title|desc\w*|lib\w*|nombre)"),
    ("account_name", r"kontobezeichnung|kontoname|konto(en)?beschriftung"),
    ("account_type", r"(account|acct|konto) ?(type|class|group|art)|kontoart"),
    ("foreign_amount", r"(foreign|fc|original|devise) (amount|betrag)|montant ?devise"),
    ("foreign_amount", r"fremdwahrungsbetrag|amount in dc"),
    ("account", rf"^(g l|gl|ledger|nominal|main)( (account|acct|code|a c))?( {_NUMBER})?$"),
    ("account", r"konto(nummer|nr)|^sachkonto"),
    ("account", rf"^(account|acct|konto|compte|cuenta|conto|rekening|grootboek\w*)( {_NUMBER})?$"),
    ("event", rf"(transaction|txn|trans|move|movement|event|record|log|activity|bewegungs?|mouvement) ?{_NUMBER}$"),
    ("type", r"(movement|transaction|txn|trans|move|event|activity|cost|charge) ?(type|kind|code)$"),
    ("type", r"bewegungsart|kostenart"),
    ("type", r"(type|tipo) (de )?(mo[uv]\w+|cout)|causale|mutatietype"),
    ("type", r"^(type|kind|art|typ|tipo|action|activity|bewegung)$"),
    ("payment", rf"(payment|pmt|remittance|zahlungs?|paiement|pago) ?{_NUMBER}$"),
    ("settlement", rf"(settlement|payout|deposit|disbursement|abrechnungs?|auszahlungs?) ?{_NUMBER}$"),
    ("paid_date", rf"(payment|paid|payout|deposit|zahlungs?|auszahlungs?|paiement|pago) ?{_DATE}$|date (de )?pa"),
    ("paid_amount", rf"{_MONEY} paid|paid {_MONEY}|payment {_MONEY}|zahlbetrag|zahlungsbetrag"),
    ("net", r"^net( (payout|amount|proceeds|total|settlement))?$|payout amount|auszahlungsbetrag|amount deposited"),
    ("gross", r"^gross( .*)?$|brutto\w*|total sales"),
    ("fees", r"\bfees?$|commission|gebuhr|^frais$|comision|provision"),
    ("refunds", r"^(total )?(refunds?|returns?|retouren)$"),
    ("expected_date", r"expected|\beta\b|promised|livraison prevue|liefertermin|entrega prevista"),
    ("delivery_date", rf"delivery ?{_DATE}$|^delivered( {_DATE})?$|lieferdatum"),
    ("delivery_date", r"date (de )?livraison|fecha (de )?entrega"),
    ("due_date", r"\bdue\b|fallig|echeance|vencimiento|scadenza"),
    ("journal", r"(journal|voucher|entry|je|jv|ecriture|buchungs?|asiento) ?(no|nr|num\w*|n|id|ref\w*|nummer)$"),
    ("journal", r"^(voucher|entry|asiento|boekstuk\w*)$"),
    ("order_date", rf"(order(ed)?|bestell|auftrags?|pedido|commande|purchase) ?{_DATE}$"),
    ("order_date", r"(date|fecha) (de )?(la )?(commande|pedido)"),
    ("bill_date", rf"(bill|invoice|inv|rechnungs?|facture|factura|fattura) ?{_DATE}$"),
    ("bill_date", r"(date|fecha|data) (de )?fa[ct]tur"),
    ("shipped_date", rf"(des|dis)patch\w* ?{_DATE}$|ship\w* ?{_DATE}$|versand(datum|zeit)|date d? ?expedition"),
    ("received_date", rf"(receipt|received|goods in|grn|arrival|wareneingangs?) ?{_DATE}$|date (de )?reception"),
    ("as_of", r"^as (of|at)\b|snapshot|stichtag|valuation date|^stand$"),
    ("modified", rf"(modified|updated|changed) ?{_DATE}|(^|last )(modified|updated|changed)$|geandert"),
    ("voided", rf"^(voided|deleted|withdrawn|storniert)( {_DATE})?$"),
    ("recorded", rf"(created|entered|keyed|recorded|erfasst\w*|valid) ?{_DATE}$|erfassungs(datum|zeit)"),
    ("recorded", r"^(created|entered|keyed|recorded|erfasst)$"),
    ("posting_date", rf"(posting|posted|booking|accounting|effective|gl|buchungs?|journal|ecriture|voucher) ?{_DATE}$"),
    ("posting_date", r"fecha contable|data (di )?registrazione|boekdatum|date comptable"),
    ("lead_time", r"lead ?time|lieferzeit|^delai"),
    ("date", rf"\b{_DATE}$|^(date|datum|fecha|data|moved)\b|timestamp|zeitpunkt|zeitstempel"),
    ("receipt", rf"^(grn|goods receipt|wareneingang)\b|receipt ?{_NUMBER}$"),
    ("shipment", rf"(despatch|dispatch|delivery) note|lieferschein|shipment ?{_NUMBER}$|packing slip"),
    ("shipment", r"albaran|bon de livraison"),
    ("bill", rf"(bill|invoice|inv|rechnungs?|facture|factura|fattura|factuur) ?({_NUMBER})?$|rechnungsnummer"),
    ("vendor", r"supplier|vendor|lieferant|kreditor|fournisseur|proveedor|fornitore|leverancier"),
    ("purchase", rf"^(po|purchase order|bestellung)( {_NUMBER})?( line)?$|bestell(nummer|nr)|pedido de compra"),
    ("shipped", rf"(shipped|despatched|dispatched|delivered) ?{_COUNT}"),
    ("shipped", rf"{_COUNT} (shipped|despatched|dispatched|delivered)"),
    ("received", rf"received ?{_COUNT}|{_COUNT} received"),
    ("quantity_in", rf"^({_COUNT} |stock )?(in|inwards?|inbound|zugang|zugange|entrees?|entradas?|carico)$"),
    ("quantity_out", rf"^({_COUNT} |stock )?(out|outwards?|outbound|abgang|abgange|sorties?|salidas?|scarico)$"),
    ("on_hand", r"on ?hand|in stock|stock (qty|quantity|level)|\b(soh|qoh)\b|bestand|existencias|giacenza|voorraad"),
    ("on_hand", r"^(available|closing stock|stock)$|stock (disponible|physique)"),
    ("pack_size", r"pack ?size|case ?(qty|pack)|units per (case|carton)|verpackungseinheit"),
    ("quantity", rf"\b{_COUNT}\b|menge$"),
    ("batch", rf"^(posting |journal )?batch( {_NUMBER})?$"),
    ("connector", r"^(connector|integration|interface|source system)( name)?$"),
    ("order_status", r"status|state|zustand|statut|estado"),
    ("channel", r"channel|marketplace|kanal$|plattform|platform|storefront|^shop$|\bcanal\b"),
    ("list_price", r"\b(rrp|msrp|uvp|pvp)\b|(list|retail|selling|sales) price|verkaufspreis|^vk\b|prix public"),
    ("amount", r"ext(ended)? (price|cost|amount)|line (total|amount)|gesamtpreis|zeilenbetrag|positionsbetrag"),
    ("unit_cost", r"\b(unit|avg|average|standard|std|purchase|landed|moving) cost|cost (price|per unit)"),
    ("unit_cost", r"^(unit )?cost$"),
    ("unit_cost", r"einstandspreis|einkaufspreis|^ek\b|prix (d )?(achat|revient)|\bcost[eo]\b|^cout|cost each"),
    ("unit_price", r"price each|(unit|item|net|single) price|einzelpreis|stuckpreis|prix unitaire|precio"),
    ("unit_price", r"prezzo|^(price|preis|prix|prijs)\b"),
    ("tax", r"^(sales |item |line )?(vat|tax|gst|mwst|ust|tva|iva|btw)\b|(tax|vat) amount|mehrwertsteuer"),
    ("tax", r"umsatzsteuer"),
    ("discount", r"discount|rabatt|remise|descuento|sconto|korting"),
    ("shipping", r"^shipping( (price|cost|charge|fee|amount))?$|postage|freight"),
    ("shipping", r"delivery (charge|fee|cost)|versand(kosten)?$|frais de port|gastos de envio"),
    ("category", r"categor|kategorie|warengruppe|product (group|type)|department|famille|family"),
    ("name", r"\b(item|product|article|artikel|material|sku) ?(name|desc\w*|title|bezeichnung)"),
    ("name", r"^(name|title|designation)$"),
    ("name", r"^(desc\w*|bezeichnung|artikelbezeichnung|libelle|omschrijving)$"),
    ("order_line", rf"order (item|line)( {_NUMBER})?$"),
    ("line", rf"^(line|pos|position|zeile|ligne|linea|riga|regel)( item)?( {_NUMBER})?$"),
    ("sku", rf"\bsku\b|^(item|arti\w+|produ\w+|part|material|variant|stock) ?{_NUMBER}?$|stock ?code"),
    ("sku", r"artikelnummer|produktnummer|materialnummer"),
    ("sku", r"(ref\w*|codigo|codice|code) (de l |del )?(article|articulo|articolo|produ\w+)"),
    ("sku", r"\b(asin|fnsku|ean|gtin|upc|barcode)\b|^(referencia|codigo)$"),
    ("order", rf"\b(order|bestellung|auftrags?|commande|pedido|ordine|so)( ?{_NUMBER})?$|auftragsnummer"),
    ("value", r"\b(value|wert|valeur|valor|valore)$|lagerwert|bestandswert"),
    ("amount", rf"\b{_MONEY}\b|betrag"),
    ("currency", r"currency|\b(curr|ccy|lcurr)\b|wahrung|devise|moneda|divisa|valuta"),
    ("place", rf"\b{_PLACE}$"),
    ("document", rf"(document|doc|beleg|piece|comprobante|documento) ?{_NUMBER}?$|^ref(eren\w+)?( {_NUMBER})?$"),
    ("reason", r"reason|\bgrund\b|motif|motivo"),
)  # fmt: skip
KINDS: dict[str, tuple[tuple[str, str], ...]] = {
    "stock_events": (
        ("vendor_return", r"\b(rtv|return to (vendor|supplier)|(vendor|supplier) return)|lieferantenretoure"),
        ("customer_return", r"return|\brma\b|retoure?|devoluci|reso\b|rucknahme"),
        ("write_off", r"scrap|write ?off|damag|destroy|dispos|expir|\blost\b|verschrott|schwund|merma"),
        ("write_off", r"rebut|ausschuss|waste"),
        ("count", r"\bcount|stocktak|\binventur$|recuento|inventaire"),
        ("adjustment", r"adjust|\badj|correct|korrektur|differenz|ajust|regularis|rettifica"),
        ("opening", r"opening|initial|anfangsbestand"),
        ("transfer", r"transfer|\bmove|put ?away|\bpick|replen|umlager|traspaso|relocat|einlager"),
        ("status_change", r"status|quarantin|\bhold\b|\bqc\b|sperr"),
        ("assembly_out", r"consum|disassembl|verbrauch"),
        ("assembly_in", r"assembl|kitting|\bbuild|produc|fertigmeld"),
        ("receipt", r"recei|goods in|inbound|wareneingang|entrada|entree|recep|\bgrn\b|zugang|^in$|purchase|carico$"),
        ("shipment", r"ship|d[ei]spatch|outbound|warenausgang|salida|sortie|abgang|^out$|\bsales?\b"),
        ("shipment", r"sold|issue|deliver|exped"),
    ),
    "costs": (
        ("transfer_freight", r"transfer|umlager"),
        ("landed_cost", r"freight|duty|duties|customs|insurance|handling|import|landed|fracht|zoll"),
        ("landed_cost", r"droits|douane|flete|arancel"),
        ("standard_cost", r"standard"),
        ("revaluation", r"reval|umbewert|neubewert"),
        ("vendor_bill", r"bill|invoice|goods|material|product|rechnung|ware|facture|factura|fattura"),
    ),
    "fees": (
        ("referral", r"referral|commission|final value|selling|provision"),
        ("payment", r"payment|processing|transaction|card|paypal|stripe"),
        ("fulfilment", r"fulfil|shipping|pick|fba|label|postage"),
        ("storage", r"storage|lager"),
        ("advertising", r"advert|promot|sponsor|\bads?\b|werbung|offsite"),
        ("other", r"subscription|listing|fee$|charge$"),
    ),
    "settlement_lines": (
        ("refund", r"refund|return|erstattung|rembours"),
        ("reimbursement", r"reimburs|compensat"),
        ("reserve", r"reserve"),
        ("tax", r"\btax|\bvat|\bgst"),
        ("fee", r"fee|commission|charge$|gebuhr|advert|subscription"),
        ("sale", r"sale|order|charge|payment|verkauf|vente|venta"),
        ("adjustment", r"adjust|correct"),
    ),
}  # fmt: skip


@lru_cache(maxsize=4096)
def meaning(header: str) -> str | None:
    """What a column of this name holds, such as ``sku`` or ``posting_date``; None where the name does not tell."""
    return _first(_HEADERS, _words(header))


def kind(table: str, word: str) -> str | None:
    """The type of a row of a table that a word in the file stands for, as ``shipment`` in stock_events for Despatch."""
    return _first(KINDS.get(table, ()), _words(word))


def _first(patterns: tuple[tuple[str, str], ...], words: str) -> str | None:
    return next((name for name, pattern in patterns if re.search(pattern, words)), None)


def _words(text: str) -> str:
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)
    letters = unicodedata.normalize("NFKD", parted.replace("°", " ")).casefold()
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[a-z0-9]+", plain))
