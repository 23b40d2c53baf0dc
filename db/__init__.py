"""Storage and isolation: tables, the tenant transaction, Selection -> SQL, migrations, the embedded server."""
