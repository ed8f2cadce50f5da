"""Amazon payments, date range: a row per item with a column for each kind of money, in the language of the account."""

from tieout.sources.format import Format, drops, takes

_SETTLED = "the settlement's own report has it"

FORMAT = Format(
    name="amazon_date_range",
    title="Amazon date range (unified) transaction report",
    takes=takes(
        "*date_time=Datum/Uhrzeit|date/heure|Data/Ora|fecha_y_hora|fecha/hora|datum/tijd"
        "|日付/時間 "
        "*settlement_id=Abrechnungsnummer|numéro_de_versement|Identifiant_du_paiement"
        "|Numero_pagamento|identificador_de_pago|Id._de_liquidación|schikkings-ID|決済番号 "
        "*type=Typ|tipo|トランザクションの種類 "
        "order_id=Bestellnummer|numéro_de_la_commande|Numero_ordine|número_de_pedido"
        "|Id._del_pedido|bestelnummer|注文番号 "
        "sku "
        "description=Beschreibung|Descrizione|descripción|beschrijving|説明 "
        "quantity=Menge|quantité|Quantità|cantidad|aantal|数量 "
        "marketplace=site_de_vente|web_de_Amazon|Amazon_出品サービス "
        "*product_sales=Umsätze|ventes_de_produits|Vendite|ventas_de_productos"
        "|verkoop_van_producten|商品売上 "
        "product_sales_tax=Produktumsatzsteuer|Taxes_sur_la_vente_des_produits"
        "|imposta_sulle_vendite_dei_prodotti|impuesto_de_ventas_de_productos|商品の売上税 "
        "shipping_credits=postage_credits|Gutschrift_für_Versandkosten|crédits_d'expédition"
        "|Accrediti_per_le_spedizioni|abonos_de_envío|créditos_de_envío|Verzendtegoeden|配送料 "
        "shipping_credits_tax=postage_credits_tax|Steuer_auf_Versandgutschrift"
        "|taxe_sur_les_crédits_d’expédition|imposta_accrediti_per_le_spedizioni"
        "|impuestos_por_abonos_de_envío|impuesto_de_abono_de_envío|配送料の税金 "
        "gift_wrap_credits=Gutschrift_für_Geschenkverpackung|crédits_sur_l'emballage_cadeau"
        "|Accrediti_per_confezioni_regalo|abonos_de_envoltorio_para_regalo"
        "|créditos_por_envoltorio_de_regalo|kredietpunten_cadeauverpakking|ギフト包装手数料 "
        "giftwrap_credits_tax=Steuer_auf_Geschenkverpackungsgutschriften"
        "|Taxes_sur_les_crédits_cadeaux|imposta_sui_crediti_confezione_regalo"
        "|impuesto_de_créditos_de_envoltura|ギフト包装クレジットの税金 "
        "regulatory_fee tax_on_regulatory_fee points=Amazonポイントの費用 "
        "promotional_rebates=Rabatte_aus_Werbeaktionen|Rabais_promotionnels|Sconti_promozionali"
        "|devoluciones_promocionales|descuentos_promocionales|promotiekortingen"
        "|プロモーション割引額 "
        "promotional_rebates_tax=Steuer_auf_Aktionsrabatte|Taxes_sur_les_remises_promotionnelles"
        "|imposta_sugli_sconti_promozionali|impuesto_de_reembolsos_promocionales"
        "|プロモーション割引の税金 "
        "marketplace_withheld_tax=marketplace_facilitator_tax|Einbehaltene_Steuer_auf_Marketplace"
        "|Taxes_retenues_sur_le_site_de_vente|trattenuta_IVA_del_marketplace"
        "|impuesto_retenido_en_el_sitio_web|impuesto_de_retenciones_en_la_plataforma"
        "|Belasting_voor_marketplace-facilitator|源泉徴収税を伴うマーケットプレイス "
        "sales_tax_collected=geïnde_omzetbelasting"
        "|Total_sales_tax_liable(GST_before_adjusting_TCS) "
        "low_value_goods tcs_cgst tcs_sgst tcs_igst tds=TDS_(Section_194-O) "
        "selling_fees=Verkaufsgebühren|frais_de_vente|Commissioni_di_vendita|tarifas_de_venta"
        "|verkoopkosten|手数料 "
        "fba_fees=fulfilment_by_amazon_fees|Gebühren_zu_Versand_durch_Amazon"
        "|Frais_Expédié_par_Amazon|Costi_del_servizio_Logistica_di_Amazon"
        "|tarifas_de_Logística_de_Amazon|tarifas_fba|fba-vergoedingen|FBA_手数料 "
        "other_transaction_fees=Andere_Transaktionsgebühren|autres_frais_de_transaction"
        "|Altri_costi_relativi_alle_transazioni|tarifas_de_otras_transacciones"
        "|tarifas_de_otra_transacción|overige_transactiekosten"
        "|トランザクションに関するその他の手数料 "
        "*other=Andere|autre|Altro|otro|overige|その他 "
        "*total=Gesamt|totale|totaal|合計 "
    ),
    drops=drops("""
        fulfillment fulfilment account_type order_city order_state order_postal tax_collection_model transaction_status
        transaction_release_date Versand Ort_der_Bestellung Bundesland Postleitzahl Steuererhebungsmodell traitement
        ville_d'où_provient_la_commande Région_d'où_provient_la_commande code_postal_de_la_commande
        Modèle_de_perception_des_taxes Gestione Città_di_provenienza_dell'ordine Provincia_di_provenienza_dell'ordine
        CAP_dell'ordine modello_di_riscossione_delle_imposte gestión_logística ciudad_de_procedencia_del_pedido
        comunidad_autónoma_de_procedencia_del_pedido código_postal_de_procedencia_del_pedido
        Formulario_de_recaudación_de_impuestos cumplimiento ciudad_del_pedido estado_del_pedido código_postal_del_pedido
        modelo_de_recaudación_de_impuestos bestelling_stad status_bestelling bestelling_per_post フルフィルメント 市町村
        都道府県 郵便番号 税金徴収型
    """),
    fills=("settlements", "settlement_lines", "fees", "refunds"),
    document=("date_time", "type", "order_id", "sku"),
    dates=("date_time",),
    leaves_out={
        "settlement_id is null": "it is in no settlement yet: a later report has it with its settlement",
        "settlement_id in (select settlement_id from amazon_settlement_v1)": _SETTLED,
        "settlement_id in (select settlement_id from amazon_settlement_v2)": _SETTLED,
    },
    uses=("amazon_settlement_v1", "amazon_settlement_v2"),
    prepares=("amazon_date_range_rows", "amazon_date_range_amounts"),
    preamble=r"(?i)(?:amounts in|Beträge in|montants sont en|importi sono (?:espressi )?in|importes en) (\w+)",
    has_controls=True,
)
