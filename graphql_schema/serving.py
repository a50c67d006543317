"""`python -m graphql_schema.serving`: serve the API from the environment."""

from __future__ import annotations

import argparse

from graphql_schema.asgi import create_app
from kotacerdas.settings import settings
from kotacerdas.web.server.serving import serve


def main() -> None:
    """Serve on the settings' address, or on a listening socket that was handed over."""
    parser = argparse.ArgumentParser(prog="python -m graphql_schema.serving")
    parser.add_argument("--fd", type=int, help="number of an inherited socket that listens")
    serve(create_app(), settings(), descriptor=parser.parse_args().fd)


if __name__ == "__main__":
    main()
