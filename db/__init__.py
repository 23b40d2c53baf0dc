"""Stores and guards: tables, the tenant transaction, Selection -> SQL, migrations, embedded server."""
