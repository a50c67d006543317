"""The masterplan: vision, programmes, versions, publication."""
