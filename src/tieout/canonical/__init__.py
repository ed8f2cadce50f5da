"""The canonical tables: one shape, whatever the shop, warehouse or ledger the rows come from."""
