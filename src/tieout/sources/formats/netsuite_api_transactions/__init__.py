"""Heads of NetSuite's transactions as Fivetran (``transaction``, older ``transactions``) or Airbyte lands them."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="netsuite_api_transactions",
    title="NetSuite transactions (API table)",
    takes=takes("""
        *id=transaction_id *type=transaction_type *trandate=transaction_date *postingperiod=accounting_period_id
        createddate=create_date lastmodifieddate=date_last_modified tranid transactionnumber
        reversal _fivetran_deleted _fivetran_active
    """),
    drops=drops("""
        account_based_number accounting_book_id accounting_date acct_corp_card_expenses_id amount_unbilled
        billaddress billing_account_id billing_instructions billingaddress buildable bulk_submission_id carrier
        closed closedate company_status_id contract contract_cost_amount contract_defer_expense_acct_id
        contract_expense_acct_id contract_expense_src_acct_id created_by_id created_from created_from_id createdby
        currency currency_id custom_form_id date_actual_prod_end date_actual_prod_start date_bid_close date_bid_open
        date_contract_cost_accrual date_deleted date_tax_point duedate email end_date entity entity_id
        entity_tax_reg_num exchange_rate expected_close external_ref_number external_reference externalid fax fob
        forecast_type include_in_forecast incoterm intercoadj intercompany_transaction_id
        is_actualprodenddate_manual is_actualprodstartdate_manual is_advanced_intercompany is_autocalculate_lag
        is_compliant is_created_from_merge is_cross_sub_transactions is_finance_charge is_firmed
        is_in_transit_payment is_intercompany is_merged_into_arrangements is_non_posting is_override_installments
        is_payment_hold is_recurring_bill is_tax_point_date_override is_tax_reg_override is_wip isfinchrg isreversal
        item_revision job_id landed_cost_allocation_method last_sales_activity lastmodifiedby
        lead_source_id location_id memo memorized message needs_bill needs_revenue_commitment nexus
        number_of_pricing_tiers opening_balance_transaction ownership_transfer_id packing_list_instructions
        partner_id payment_terms_id pn_ref_num posting probability product_label_instructions projected_total
        promotion_code_id promotion_code_instance_id purchase_order_instructions related_tranid renewal
        revenue_commitment_status revenue_committed revenue_status reversaldate reversaldefer
        reversing_transaction_id sales_effective_date sales_rep_id scheduling_method_id shipaddress
        shipment_received shipping_item_id shippingaddress source start_date status tax_reg_id taxdetailsoverride
        taxpointdate taxpointdateoverride taxregoverride terms title trans_is_vsoe_bundle transaction_extid
        transaction_partner transaction_source transaction_website transfer_location use_item_cost_as_transfer_cost
        vendor_id visible_in_customer_center weighted_total
    """),
    fills=(),
    document=("id",),
    zone="UTC",
    dates=("trandate", "createddate", "lastmodifieddate"),
    leaves_out={
        "lower(_fivetran_deleted) = 'true'": "deleted in NetSuite",
        "lower(_fivetran_active) = 'false'": "an earlier state of a transaction",
    },
)
