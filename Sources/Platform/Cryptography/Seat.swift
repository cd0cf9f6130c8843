// Seat of Cryptography until its first file lands.
