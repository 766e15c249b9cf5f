"""Who a browser is, where a request comes from, and how much it may do."""
