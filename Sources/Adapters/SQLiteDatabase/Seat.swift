// Seat of SQLiteDatabase until its first file lands.
