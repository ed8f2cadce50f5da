"""A small company with what upsets measures: blanks, zeros, negatives, goods of others, freely named periods, no months."""

from __future__ import annotations

# P10 sorts before P9; the quarter is 4-4-5 weeks; nothing moves in P11, and P12 is yet to come.
PERIODS = """
    period, start_date, end_date,   closed_at
    P9,     2025-01-01, 2025-01-28, 2025-02-03T00:00Z
    P10,    2025-01-29, 2025-02-25, 2025-03-01T00:00Z
    P11,    2025-02-26, 2025-04-01,
    P12,    2025-04-02, 2025-04-29,
    P13,    2025-04-30, 2025-05-27,"""
TABLES = {
    "gl_accounts": """
        account, role
        1000, inventory
        1010, in_transit
        1050, cash
        1100, clearing
        1200, grni
        1250, return_asset
        1300, landed_cost_clearing
        1400, payables
        1600, deferred_revenue
        1700, refund_liability
        3000, other
        4000, revenue
        4100, discounts
        4200, returns
        4300, shipping_income
        5000, cogs
        5100, shrinkage
        5200, write_off
        5300, purchase_price_variance
        5400, inventory_revaluation
        6000, fees""",
    "items": """
        sku, category, kit_type, standard_cost
        A,   home,     none,     10
        B,   ,         none,     4
        D,   home,     none,     0
        K,   sets,     virtual,""",
    "kit_components": """
        kit_sku, component_sku, quantity
        K,       A,             1
        K,       B,             2""",
    "locations": """
        location, type,      tax_region
        EAST,     warehouse, NY
        WEST,     warehouse,
        FBA,      fba,       CA
        ROAD,     transit,""",
    "channels": """
        channel
        web
        market""",
    "stock_events": """
        event_id, type, sku, quantity, from_location, to_location, from_status, to_status, unit_cost, order_id, line_no, channel, document, source_event_id, disposition, owner, recoverable, delivered_at, recorded_at, voided_at, occurred_at
        R1, receipt, A, 100, , EAST, , , 10, , , , PO1, , , , , , , , 2025-01-02T09:00Z
        R2, receipt, B, 50, , WEST, , , 4, , , , PO2, , , , , , , , 2025-01-02T09:00Z
        R3, receipt, A, 20, , EAST, , , 12, , , , PO3, , , , , , 2025-02-20T09:00Z, , 2025-01-20T09:00Z
        C1, receipt, D, 30, , EAST, , , , , , , , , , consigned, , , , , 2025-01-03T09:00Z
        S1, shipment, A, 5, EAST, , , , , O1, 1, , , , , , , 2025-01-30T09:00Z, , , 2025-01-27T09:00Z
        S2, shipment, A, 5, EAST, , , , , O2, 1, , , , , , , 2025-01-29T09:00Z, , , 2025-01-28T09:00Z
        S3, shipment, K, 3, WEST, , , , , O3, 1, , , , , , , 2025-01-13T09:00Z, , , 2025-01-12T09:00Z
        S4, shipment, D, 2, EAST, , , , , O4, 1, , , , , consigned, , 2025-01-15T09:00Z, , , 2025-01-14T09:00Z
        S5, shipment, A, 1, EAST, , , , , O5, 1, , , , , dropship, , 2025-01-16T09:00Z, , , 2025-01-15T09:00Z
        S6, shipment, B, 60, WEST, , , , , O6, 1, , , , , , , 2025-02-06T09:00Z, , , 2025-02-05T09:00Z
        S7, shipment, A, 4, EAST, , , , , O7, 1, , , , , , , 2025-02-06T09:00Z, , 2025-02-20T00:00Z, 2025-02-05T09:00Z
        S8, shipment, A, 6, EAST, , , , , , , , , , , , , 2025-02-07T09:00Z, , , 2025-02-06T09:00Z
        X1, customer_return, A, 2, , EAST, , , , O1, 1, , , S1, damaged, , , , , , 2025-02-03T09:00Z
        X2, customer_return, K, 1, , WEST, , , , O3, 1, , , S3, sellable, , , , , , 2025-02-04T09:00Z
        T1, transfer, A, 20, EAST, ROAD, , , , , , , T1, , , , , , , , 2025-01-26T09:00Z
        T2, transfer, A, 18, ROAD, FBA, , , , , , , T1, , , , , , , , 2025-02-02T09:00Z
        L1, adjustment, A, 3, FBA, , , , , , , , , , , , , , , , 2025-02-08T09:00Z
        D1, status_change, A, 4, EAST, EAST, available, damaged, , , , , , , , , 2, , , , 2025-01-22T09:00Z
        W1, write_off, A, 2, EAST, , damaged, , , , , , , , , , , , , , 2025-02-12T09:00Z
        V1, vendor_return, A, 3, EAST, , , , , , , , PO1, R1, , , , , , , 2025-02-14T09:00Z
        N1, count, A, 2, , EAST, , , , , , , , , , , , , , , 2025-02-15T09:00Z""",
    "order_lines": """
        order_id, line_no, channel, sku, quantity, unit_price, discount, discount_funded_by, shipping, ordered_at, cancelled_at
        O1, 1, web,    A, 5,  30, 10, shop,    4, 2025-01-26T08:00Z,
        O2, 1, market, A, 5,  30, 5,  channel, 0, 2025-01-27T08:00Z,
        O3, 1, web,    K, 3,  40, 0,  ,        0, 2025-01-11T08:00Z,
        O4, 1, web,    D, 2,  9,  0,  ,        0, 2025-01-13T08:00Z,
        O5, 1, market, A, 1,  30, 0,  ,        0, 2025-01-14T08:00Z,
        O6, 1, market, B, 60, 2,  0,  ,        0, 2025-02-04T08:00Z,
        O7, 1, web,    A, 4,  30, 0,  ,        0, 2025-02-04T08:00Z,
        O9, 1, web,    A, 7,  30, 0,  ,        0, 2025-02-20T08:00Z, 2025-02-22T08:00Z""",
    "refunds": """
        refund_id, order_id, line_no, channel, sku, quantity, amount, refunded_at
        F1,        O1,       1,       web,     A,   2,        60,     2025-02-03T10:00Z
        F2,        O3,       1,       web,     K,   1,        40,     2025-02-04T10:00Z""",
    "fees": """
        fee_id, channel, order_id, type,        amount, charged_at
        E1,     market,  O2,       referral,    3,      2025-01-28T10:00Z
        E2,     market,  ,         storage,     0,      2025-01-28T10:00Z
        E3,     web,     O1,       payment,     2,      2025-01-28T10:00Z
        E4,     market,  O6,       fulfilment,  -1,     2025-02-05T10:00Z""",
    "costs": """
        cost_id, type,        event_id, amount, unit_cost, effective_at
        B1,      vendor_bill, R1,       ,       11,        2025-01-10T09:00Z
        B3,      vendor_bill, R3,       ,       12,        2025-02-20T09:00Z
        Z1,      landed_cost, R1,       55,     ,          2025-02-10T09:00Z""",
    "cycle_counts": """
        count_id, sku, location, counted_quantity, system_quantity, counted_at,        event_id
        Q1,       A,   EAST,     70,               68,              2025-02-15T09:00Z, N1
        Q2,       B,   WEST,     0,                -15,             2025-02-20T09:00Z,
        Q3,       D,   WEST,     5,                0,               2025-02-20T09:00Z,""",
    "stock_snapshots": """
        system, taken_at,          sku, location, status,    quantity, unit_cost
        wms,    2025-01-28T20:00Z, A,   EAST,     available, 86,       10
        shop,   2025-01-28T20:00Z, A,   EAST,     available, 90,       11
        wms,    2025-02-25T20:00Z, B,   WEST,     available, 0,
        shop,   2025-02-25T20:00Z, B,   WEST,     available, 3,""",
    "close_log": """
        period, activity,       hours
        P9,     reconciliation, 3
        P10,    reconciliation,
        P99,    unknown,        1""",
    # Blank names everywhere, a sale twice and late, a wrong channel and place, a wrong cost, an entry of nothing known.
    "gl_lines": """
        journal_id, line_no, account, amount, sku, quantity, location, channel, external_id, effective_date, posted_at, source, is_manual
        J1,  1, 1000, 1000, A, 100, EAST, , R1, 2025-01-02, 2025-01-02T12:00Z, wms, false
        J1,  2, 1200, -1000, A, , EAST, , R1, 2025-01-02, 2025-01-02T12:00Z, wms, false
        J2,  1, 1000, 200, B, 50, , , R2, 2025-01-02, 2025-01-02T12:00Z, wms, false
        J2,  2, 1200, -200, B, , , , R2, 2025-01-02, 2025-01-02T12:00Z, wms, false
        J3,  1, 1100, 144, A, , , , S1, 2025-01-29, 2025-01-29T12:00Z, shop, false
        J3,  2, 4000, -150, A, , , , S1, 2025-01-29, 2025-01-29T12:00Z, shop, false
        J3,  3, 4100, 10, A, , , , S1, 2025-01-29, 2025-01-29T12:00Z, shop, false
        J3,  4, 4300, -4, A, , , , S1, 2025-01-29, 2025-01-29T12:00Z, shop, false
        J4,  1, 5000, 50, A, 5, EAST, , S1, 2025-01-27, 2025-01-27T12:00Z, wms, false
        J4,  2, 1000, -50, A, -5, EAST, , S1, 2025-01-27, 2025-01-27T12:00Z, wms, false
        J5,  1, 1100, 150, , , , web, S2, 2025-01-28, 2025-01-28T12:00Z, shop, false
        J5,  2, 4000, -150, , , , web, S2, 2025-01-28, 2025-01-28T12:00Z, shop, false
        J6,  1, 1100, 150, A, , , market, S2, 2025-01-29, 2025-01-29T12:00Z, shop, false
        J6,  2, 4000, -150, A, , , market, S2, 2025-01-29, 2025-01-29T12:00Z, shop, false
        J7,  1, 5000, 30, , , , market, S2, 2025-01-28, 2025-01-28T12:00Z, wms, false
        J7,  2, 1000, -30, , , , , S2, 2025-01-28, 2025-01-28T12:00Z, wms, false
        J8,  1, 1100, 120, K, , , web, S3, 2025-01-12, 2025-01-12T12:00Z, shop, false
        J8,  2, 4000, -120, K, , , web, S3, 2025-01-12, 2025-01-12T12:00Z, shop, false
        J9,  1, 5000, 30, A, 3, WEST, web, S3, 2025-01-12, 2025-01-12T12:00Z, wms, false
        J9,  2, 1000, -30, A, -3, WEST, , S3, 2025-01-12, 2025-01-12T12:00Z, wms, false
        J10, 1, 1100, 120, B, , , market, S6, 2025-02-05, 2025-02-05T12:00Z, shop, false
        J10, 2, 4000, -120, B, , , market, S6, 2025-02-05, 2025-02-05T12:00Z, shop, false
        J11, 1, 5000, 240, B, 60, WEST, market, S6, 2025-02-05, 2025-02-05T12:00Z, wms, false
        J11, 2, 1000, -240, B, -60, WEST, , S6, 2025-02-05, 2025-02-05T12:00Z, wms, false
        J12, 1, 6000, 3, , , , web, E1, 2025-01-28, 2025-01-28T12:00Z, shop, false
        J12, 2, 1100, -3, , , , web, E1, 2025-01-28, 2025-01-28T12:00Z, shop, false
        J13, 1, 1010, 200, A, 20, ROAD, , T1, 2025-01-26, 2025-01-26T12:00Z, wms, false
        J13, 2, 1000, -200, A, -20, EAST, , T1, 2025-01-26, 2025-01-26T12:00Z, wms, false
        J14, 1, 1000, 180, A, 18, WEST, , T2, 2025-02-02, 2025-02-02T12:00Z, wms, false
        J14, 2, 1010, -180, A, -18, ROAD, , T2, 2025-02-02, 2025-02-02T12:00Z, wms, false
        J15, 1, 5000, 77, , , , , , 2025-02-20, 2025-02-20T12:00Z, manual, true
        J15, 2, 1000, -77, , , , , , 2025-02-20, 2025-02-20T12:00Z, manual, true
        J16, 1, 4200, 60, A, , , web, F1, 2025-02-03, 2025-02-03T12:00Z, shop, false
        J16, 2, 1100, -60, A, , , web, F1, 2025-02-03, 2025-02-03T12:00Z, shop, false
        J17, 1, 1000, 20, A, 2, EAST, , X1, 2025-02-03, 2025-02-03T12:00Z, wms, false
        J17, 2, 5000, -20, A, -2, EAST, web, X1, 2025-02-03, 2025-02-03T12:00Z, wms, false
        J18, 1, 1250, 15, , , , , , 2025-01-28, 2025-01-28T12:00Z, manual, true
        J18, 2, 5000, -15, , , , web, , 2025-01-28, 2025-01-28T12:00Z, manual, true
        J19, 1, 4200, 25, , , , web, , 2025-01-28, 2025-01-28T12:00Z, manual, true
        J19, 2, 1700, -25, , , , , , 2025-01-28, 2025-01-28T12:00Z, manual, true""",
    "fiscal_periods": PERIODS,
}  # fmt: skip
