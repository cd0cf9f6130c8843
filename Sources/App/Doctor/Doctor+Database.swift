import PostgresDatabase

extension Doctor {
    /// How the way to the database's server is guarded; nothing where there is none.
    func databaseLine() -> [Finding] {
        guard case .postgres(let url) = configuration.storage.database else { return [] }
        let part = "database line"
        let remedy = "Add sslmode=verify-full and sslrootcert=… (the file of who signed its certificate) to LM_DATABASE_URL."
        return switch PostgresTransport(url: url).guarding {
        case .local: [.good(part, "of this machine alone")]
        case .verified: [.good(part, "TLS, to the server that was meant")]
        case .elsewhere: [.good(part, "as the service file of libpq says")]
        case .encrypted: [.advice(part, "TLS, and it is not checked whose", remedy)]
        case .plain: [.advice(part, "plain text, or whatever the server offers: who sits on the line reads along", remedy)]
        }
    }
}
