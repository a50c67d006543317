"""The yearly evaluation: self score, assessors' scores, objections, results, follow-up."""
