"""``python -m tieout.demo.retail OUT_DIR [--source PARQUET] [--clean]`` builds the sample company."""

import argparse
from pathlib import Path

from tieout.demo.retail.build import build
from tieout.resources import data_dir


def main() -> None:
    """Parse the arguments and build the sample company."""
    parser = argparse.ArgumentParser(prog="python -m tieout.demo.retail", description="Build the sample company.")
    parser.add_argument("out", type=Path, metavar="OUT_DIR", help="folder to write to; made if missing")
    parser.add_argument(
        "--source", type=Path, metavar="PARQUET", help="Online Retail rows, if not the ones that came along"
    )
    parser.add_argument("--clean", action="store_true", help="plant no error")
    arguments = parser.parse_args()
    if arguments.source is not None and not arguments.source.is_file():
        parser.error(f"--source {arguments.source}: no such file")
    source = arguments.source or data_dir() / "online_retail" / "online_retail.parquet"
    build(arguments.out, source, clean=arguments.clean)


if __name__ == "__main__":
    main()
