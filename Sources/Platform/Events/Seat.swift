// Seat of Events until its first file lands.
