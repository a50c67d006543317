"""Every read of the API: a selection becomes one SQL statement over the declared fields."""
