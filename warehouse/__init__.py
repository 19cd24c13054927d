"""Where things are kept: the versions of the warehouse (store.py) and the ledger (ledger.py)."""
