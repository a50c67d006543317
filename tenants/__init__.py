"""The domain of the smart-city programme, by subject."""
