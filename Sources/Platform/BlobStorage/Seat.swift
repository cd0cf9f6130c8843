// Seat of BlobStorage until its first file lands.
