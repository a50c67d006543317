"""PostgreSQL, Valkey, a mail catcher and the launcher of `kotacerdas dev` and of the tests.

Linux only: processes are known by what `/proc` says of them. Production takes URLs instead.
"""
