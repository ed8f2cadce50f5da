"""NetSuite's items as Fivetran lands them (``item``): how lines, which know a number, name them."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="netsuite_api_items",
    title="NetSuite items (API table)",
    takes=takes("*id *fullname *itemtype itemid *assetaccount *incomeaccount _fivetran_active"),
    drops=drops("""
        _fivetran_deleted _fivetran_synced alternatedemandsourceitem amortizationperiod amortizationtemplate
        atpmethod autoexpandkitforrevenuemgmt averagecost backwardconsumptiondays billexchratevarianceacct
        billingschedule billpricevarianceacct billqtyvarianceacct buildentireassembly buildtime class
        consumptionunit copydescription cost costestimate costestimatetype costingmethod costingmethoddisplay
        countryofmanufacture createddate createexpenseplanson createjob createrevenueplanson date_deleted
        deferralaccount deferredrevenueaccount deferrevrec demandmodifier demandsource demandtimefence
        department description directrevenueposting displayname dropshipexpenseaccount enforceminqtyinternally
        excludefromsitemap expenseaccount expenseamortizationrule externalid fixedlotsize forwardconsumptiondays
        froogleproductfeed fxcost gainlossaccount generateaccruals handlingcost includechildren
        intercodefrevaccount intercoexpenseaccount intercoincomeaccount isdropshipitem isfulfillable isinactive
        islotitem isonline isphantom isserialitem isspecialorderitem isspecialworkorderitem itemrevenuecategory
        lastmodifieddate lastpurchaseprice leadtime location manufacturer matchbilltoreceipt
        matrixitemnametemplate matrixtype maximumquantity minimumquantity mpn nextagcategory nextagproductfeed
        overallquantitypricingtype parent periodiclotsizedays periodiclotsizetype preferredlocation pricinggroup
        printitems prodpricevarianceacct prodqtyvarianceacct projectexpensetype projecttemplate
        purchasedescription purchaseorderamount purchaseorderquantity purchaseorderquantitydiff
        purchasepricevarianceacct purchaseunit quantitypricingschedule receiptamount receiptquantity
        receiptquantitydiff relateditemsdescription rescheduleindays rescheduleoutdays residual
        revenueallocationgroup revenuerecognitionrule revrecforecastrule revreclassfxaccount roundupascomponent
        safetystocklevel saleunit scrapacct searchkeywords seasonaldemand shipindividually shippackage
        shippingcost shoppingdotcomcategory shoppingproductfeed shopzillacategoryid shopzillaproductfeed
        sitemappriority stockdescription stockunit storedescription storedisplayimage storedisplayname
        storedisplaythumbnail subsidiary subtype supplylotsizingmethod supplyreplenishmentmethod supplytimefence
        supplytype totalquantityonhand totalvalue transferprice unbuildvarianceaccount unitstype upccode usebins
        usemarginalrates vendorname vendreturnvarianceaccount vsoedelivered vsoepermitdiscount vsoesopgroup
        weight weightunit weightunits wipacct wipvarianceacct yahooproductfeed
    """),
    fills=(),
    document=("id",),
    leaves_out={"lower(_fivetran_active) = 'false'": "an earlier state of an item"},
)
