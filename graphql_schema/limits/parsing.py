"""From the text of a document to its tree, in time that the limits bound."""

from __future__ import annotations

from graphql import DocumentNode, GraphQLSyntaxError, Source
from graphql.language.parser import Parser

from graphql_schema.limits.allowance import Allowance
from graphql_schema.limits.refusals import DepthExceeded, SizeExceeded, TokensExceeded

TOO_MANY_TOKENS = "Syntax Error: Document contains more than "
"""How graphql-core's message begins; the error says it in no other way."""


def parsed(text: str, allowance: Allowance) -> DocumentNode:
    """Return the document; raises GraphQLSyntaxError for a text that is none.

    Raises SizeExceeded, TokensExceeded, and DepthExceeded where the parser itself gives up.
    """
    # JSON may hold half of a surrogate pair, which no strict encoding takes.
    if len(text.encode("utf-8", "surrogatepass")) > allowance.text_bytes:
        raise SizeExceeded(limit=allowance.text_bytes)
    try:
        return Parser(Source(text), max_tokens=allowance.tokens).parse_document()
    except RecursionError:
        pass
    except GraphQLSyntaxError as error:
        if error.message.startswith(TOO_MANY_TOKENS):
            raise TokensExceeded(limit=allowance.tokens) from None
        raise
    # Outside of the handler, so that the error does not keep a thousand frames alive.
    raise DepthExceeded(limit=allowance.depth)
