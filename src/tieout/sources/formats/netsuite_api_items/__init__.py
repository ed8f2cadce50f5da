"""NetSuite's items as Fivetran (``item``, older ``items``) or Airbyte lands them: lines know their numbers."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="netsuite_api_items",
    title="NetSuite items (API table)",
    takes=takes("""
        *id=item_id *fullname=full_name *itemtype=type_name sku=name|itemid *assetaccount=asset_account_id
        *incomeaccount=income_account_id _fivetran_active
    """),
    drops=drops("""
        allow_drop_ship alt_demand_source_item_id alternatedemandsourceitem amortizationperiod amortizationtemplate
        atp_lead_time atpmethod autoexpandkitforrevenuemgmt available_to_partners avatax_taxcode averagecost
        backwardconsumptiondays billexchratevarianceacct billingschedule billpricevarianceacct billqtyvarianceacct
        build_sub_assemblies buildentireassembly buildtime class class_id code_of_supply_id commodity_code
        consumption_unit_id consumptionunit copydescription cost cost_0 cost_category costestimate costestimatetype
        costingmethod costingmethoddisplay countryofmanufacture create_plan_on_event_type created createddate
        createexpenseplanson createjob createrevenueplanson current_on_order_count custreturn_variance_account_id
        date_deleted date_last_modified date_of_last_transaction default_return_cost deferralaccount
        deferred_expense_account_id deferred_revenue_account_id deferredrevenueaccount deferrevrec demandmodifier
        demandsource demandtimefence department department_id deposit description directrevenueposting displayname
        distribution_category distribution_network dropship_expense_account_id dropshipexpenseaccount
        effective_bom_control_type enforceminqtyinternally excludefromsitemap expense_account_id expenseaccount
        expenseamortizationrule externalid featureddescription featureditem fixedlotsize forwardconsumptiondays
        fraud_risk froogleproductfeed fx_adjustment_account_id fxcost gain_loss_account_id gainlossaccount
        generateaccruals handlingcost hazmat hazmat_hazard_class hazmat_id hazmat_item_units hazmat_item_units_qty
        hazmat_packing_group hazmat_shipping_name include_child_subsidiaries includechildren
        interco_expense_account_id interco_income_account_id intercodefrevaccount intercoexpenseaccount
        intercoincomeaccount invt_count_classification invt_count_interval is_cont_rev_handling
        is_enforce_min_qty_internally is_hold_rev_rec is_moss isdropshipitem isfulfillable isinactive islotitem
        isonline isphantom isserialitem isspecialorderitem isspecialworkorderitem istaxable item_defined_cost
        item_extid item_image item_term_id itemrevenuecategory last_cogs_correction last_invt_count_date
        lastmodifieddate lastpurchaseprice leadtime location location_id lot_numbered_item lot_sizing_method
        manufacturer manufacturing_charge_item matchbilltoreceipt matrixitemnametemplate matrixtype maximumquantity
        minimumquantity modified mpn nature_of_transaction_codes_id next_invt_count_date nextagcategory
        nextagproductfeed ng_asset_type_id ns_lead_time offersupport onspecial overallquantitypricingtype
        overhead_type parent parent_id payment_method_id periodiclotsizedays periodiclotsizetype
        pref_purchase_tax_id pref_sale_tax_id pref_stock_level preferredlocation prices_include_tax pricing_group_id
        pricinggroup print_sub_items printitems prod_price_var_account_id prod_qty_var_account_id
        prodpricevarianceacct prodqtyvarianceacct projectexpensetype projecttemplate prompt_payment_discount_item
        purchase_price_var_account_id purchase_unit_id purchasedescription purchaseorderamount purchaseorderquantity
        purchaseorderquantitydiff purchasepricevarianceacct purchaseunit quantityavailable quantitybackordered
        quantityonhand quantitypricingschedule receiptamount receiptquantity receiptquantitydiff
        relateditemsdescription reorder_multiple reorderpoint replenishment_method resalable rescheduleindays
        rescheduleoutdays residual rev_rec_forecast_rule_id rev_rec_rule_id revenueallocationgroup
        revenuerecognitionrule revrecforecastrule revreclassfxaccount roundupascomponent safety_stock_days
        safetystocklevel sale_unit_id salesdescription salesforce_id salesprice saleunit scheduling_method_id
        scrap_account_id scrapacct searchkeywords seasonaldemand serialized_item shipindividually shippackage
        shippingcost shoppingdotcomcategory shoppingproductfeed shopzillacategoryid shopzillaproductfeed
        sitemappriority special_work_order_item specialsdescription stock_unit_id stockdescription stockunit
        storedescription storedetaileddescription storedisplayimage storedisplayname storedisplaythumbnail
        subsidiary subtype supplementary_unit__abberviat supplementary_unit_id supplylotsizingmethod
        supplyreplenishmentmethod supplytimefence supplytype tax_item_id totalquantityonhand totalvalue
        transferprice type_of_goods_id udf1 udf2 un_number unbuild_variance_account_id unbuildvarianceaccount
        units_type_id unitstype upccode use_component_yield usebins usemarginalrates vendor_id vendorname
        vendreturn_variance_account_id vendreturnvarianceaccount vsoe_deferral vsoe_discount vsoe_price
        vsoedelivered vsoepermitdiscount vsoesopgroup weight weight_in_user_defined_unit weight_unit_index
        weightunit weightunits wip_account_id wip_cost_variance_account_id wipacct wipvarianceacct
        work_order_lead_time yahooproductfeed
    """),
    fills=(),
    document=("id",),
    leaves_out={"lower(_fivetran_active) = 'false'": "an earlier state of an item"},
)
