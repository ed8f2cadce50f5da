"""Reports: parameterized notebooks, executed by papermill and rendered to one HTML file that shows anywhere."""
