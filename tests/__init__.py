"""The tests of the hub: what a person can see, do and break."""
