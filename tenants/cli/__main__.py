"""`python -m tenants.cli` is `kotacerdas`."""

from tenants.cli import main

main()
