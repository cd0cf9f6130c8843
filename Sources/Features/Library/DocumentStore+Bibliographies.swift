import Database

extension DocumentStore {
    /// The newest BibTeX file of each of these names that a document's owner has, those of its course before others.
    func bibliographies(named names: [String], besides document: Document, in transaction: any Transaction) async throws
        -> [Document]
    {
        let wanted = Set(names.map { $0.lowercased() })
        let found = try await transaction.query(
            """
            SELECT \(Self.selected) FROM documents
            WHERE user_id = \(document.userID) AND media_type = \(DocumentFormat.bibtex.mediaType) AND edition_of IS NULL
            ORDER BY id DESC
            """
        ).map(Self.document).filter { wanted.contains($0.filename.lowercased()) }
        var chosen: [String: Document] = [:]
        for one in found.filter({ $0.courseID == document.courseID }) + found {
            let name = one.filename.lowercased()
            if chosen[name] == nil { chosen[name] = one }
        }
        return names.compactMap { chosen[$0.lowercased()] }
    }
}
