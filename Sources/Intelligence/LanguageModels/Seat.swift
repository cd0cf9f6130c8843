// Seat of LanguageModels until its first file lands.
