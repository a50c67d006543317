"""The foundation: settings, database, tenancy, jobs, identity, audit, files, web, embedded."""
