// Seat of Sandbox until its first file lands.
