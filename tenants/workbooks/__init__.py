"""Tables as workbooks: filled in offline, looked at before anything is saved, saved as a whole."""
