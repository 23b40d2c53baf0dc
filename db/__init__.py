"""The storage layer: tables, transactions of a tenant, SQL for selections, migrations, the embedded server."""
