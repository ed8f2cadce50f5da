"""Where analysts work: JupyterLab on a company's own copies of the notebooks, and SQL in their cells."""
