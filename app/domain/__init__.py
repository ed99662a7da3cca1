"""The rules of the business: pure functions and frozen values, nothing from outside."""
