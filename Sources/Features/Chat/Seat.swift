// Seat of Chat until its first file lands.
