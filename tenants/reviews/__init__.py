"""The experts' review of a masterplan: rounds, verdicts, remarks on its parts."""
