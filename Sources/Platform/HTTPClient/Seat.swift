// Seat of HTTPClient until its first file lands.
