"""The bodies that steer and carry out the work, their members, and the city's regulations."""
