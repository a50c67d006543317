"""What the schema says about itself beyond types: one file for each directive."""
