"""Costing: the stock events replayed into valued events and cost layers, exactly."""
