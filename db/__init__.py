<<<<<<< HEAD
"""Storage and isolation: tables, the tenant transaction, Selection -> SQL, migrations, the embedded server."""
=======
"""The storage layer: tables, transactions of a tenant, SQL for selections, migrations, the embedded server."""
>>>>>>> main
