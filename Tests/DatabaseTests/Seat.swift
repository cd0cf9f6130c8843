// Seat until the first file lands.
