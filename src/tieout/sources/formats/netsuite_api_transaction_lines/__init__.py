"""Lines of NetSuite's transactions as Fivetran or Airbyte lands them: the item, quantity and place of each.

What they post stands in the accounting lines, which look them up.
"""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="netsuite_api_transaction_lines",
    title="NetSuite transaction lines (API table)",
    takes=takes("""
        *id *transaction *linesequencenumber *item *location *mainline *taxline quantity _fivetran_active
    """),
    drops=drops("""
        actualshipdate amortizationenddate amortizationresidual
        amortizationsched amortizstartdate amountlinked assemblycomponent billeddate billingschedule billvariancestatus
        blandedcost bomquantity buildvariance category chargetype class cleared cleareddate commitinventory
        commitmentfirm componentyield costestimate costestimaterate costestimatetype createdfrom createdpo
        creditforeignamount date_deleted datedeleted debitforeignamount department documentnumber donotdisplayline
        dropship eliminate entity estgrossprofit estgrossprofitpercent estimatedamount expectedreceiptdate
        expectedshipdate expenseaccount foreignamount foreignamountpaid foreignamountunpaid foreignpaymentamountunused
        foreignpaymentamountused fulfillable fxamountlinked hasfulfillableitems inventoryreportinglocation isbillable
        isclosed iscogs isfullyshipped isfxvariance isinventoryaffecting isrevrectransaction isscrap itemsource
        itemtype kitcomponent kitmemberof landedcostcategory landedcostperline linelastmodifieddate matchbilltoreceipt
        memo netamount oldcommitmentfirm operationdisplaytext orderpriority paymentmethod price processedbyrevcommit
        quantitybackordered quantitybilled quantitycommitted quantitypacked quantitypicked quantityrejected
        quantityshiprecv rate rateamount ratepercent requestnote revenueelement shipmethod specialorder subsidiary
        transactiondiscount transactionlinetype transferorderitemlineid uniquekey units vsoeisestimate
    """),
    fills=(),
    document=("transaction",),
    leaves_out={"lower(_fivetran_active) = 'false'": "an earlier state of a line"},
)
