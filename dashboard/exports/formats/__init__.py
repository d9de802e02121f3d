"""The formats of exports, one module each; none knows another."""
