"""What the screens of people and offices show, read for them."""
