"""Guide editions: what changes between the years, as data; and the cohorts that follow them."""
