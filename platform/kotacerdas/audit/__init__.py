"""Who changed what: an append-only hash chain for each tenant."""

from kotacerdas.audit.chain import Verdict, record, verify, write_pending

__all__ = ["Verdict", "record", "verify", "write_pending"]
