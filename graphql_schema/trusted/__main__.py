"""`python -m graphql_schema.trusted`: JSON list of texts in, JSON list of findings out."""

from __future__ import annotations

import sys

import orjson

from graphql_schema.trusted.checking import check

sys.stdout.buffer.write(orjson.dumps(check(orjson.loads(sys.stdin.buffer.read()))))
