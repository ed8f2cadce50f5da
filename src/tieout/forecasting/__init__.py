"""What the errors do to forecasts, margin predictions and purchasing: histories, forecasts, simulations."""
