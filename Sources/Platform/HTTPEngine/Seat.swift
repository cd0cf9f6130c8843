// Seat of HTTPEngine until its first file lands.
