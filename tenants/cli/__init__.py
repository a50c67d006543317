"""The command line `kotacerdas`, for operators and developers."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    # Whoever walks through the packages, as the API does, shall not load all the commands.
    from tenants.cli.app import app

    app(prog_name="kotacerdas")
