// Seat of Accounts until its first file lands.
