// Seat of Vectors until its first file lands.
