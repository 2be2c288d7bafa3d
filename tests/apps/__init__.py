"""What needs apps that the addon does not depend on: run beside them by ./dev/test_with_apps."""
