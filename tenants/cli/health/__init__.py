"""What `kotacerdas doctor` looks at, live."""
