// Seat of PostgresDatabase until its first file lands.
