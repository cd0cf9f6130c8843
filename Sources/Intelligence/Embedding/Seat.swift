// Seat of Embedding until its first file lands.
