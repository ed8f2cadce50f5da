"""Forecasts from recorded and from corrected history: how steady, how good, and what buying by them costs."""
