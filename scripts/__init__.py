"""What people type to look after the hub."""
