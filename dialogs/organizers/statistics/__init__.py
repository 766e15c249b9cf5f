"""A call's figures, in lines and as charts."""
