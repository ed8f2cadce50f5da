"""The sample company on real input: the UCI Online Retail year, see docs/sample.md."""
