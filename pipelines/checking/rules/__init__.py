"""The rules, one module per family: each finds its candidates in the evidence and says what becomes of them."""
