"""The version of the package, for manifests and ``tieout --version``."""

__version__ = "0.1.0"
