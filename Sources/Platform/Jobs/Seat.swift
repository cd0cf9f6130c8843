// Seat of Jobs until its first file lands.
