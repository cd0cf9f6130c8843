// Seat of App until its first file lands.
