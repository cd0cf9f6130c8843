package import Ambient
import Database
package import Passages

extension PassageSearcher {
    package func passages(in stretches: [PassageStretch], user: UserID) async throws -> [Passage] {
        let scopes = try await access.scopes(of: user, in: Set(stretches.map(\.document)).sorted())
        var found: [Passage] = []
        for scope in scopes {
            let wanted = stretches.filter { scope.holds($0.document) }
            found += try await database.read(as: .user(scope.owner)) { [texts] in
                try await texts.passages(in: wanted, user: scope.owner, in: $0)
            }
        }
        if scopes.count < 2 { return found }
        return found.sorted { ($0.documentID, $0.ordinal ?? 0) < ($1.documentID, $1.ordinal ?? 0) }
    }

    package func sections(of documents: [DocumentID]?, limit: Int, user: UserID) async throws -> [PassageSection] {
        if documents?.isEmpty == true { return [] }
        var starts: [(document: DocumentID, ordinal: Int, sections: [SectionStart])] = []
        for scope in try await access.scopes(of: user, in: documents) where starts.count < limit {
            starts += try await database.read(as: .user(scope.owner)) { [texts, left = limit - starts.count] in
                try await texts.sectionStarts(of: scope.documents, limit: left, user: scope.owner, in: $0)
            }
        }
        var found: [PassageSection] = []
        for (document, ordinal, sections) in starts {
            for start in sections {
                let path = start.section.map(Passage.headings) ?? []
                if let last = found.last, last.document == document, last.path == path {
                    found[found.count - 1].ordinals = last.ordinals.lowerBound..<(ordinal + 1)
                } else {
                    found.append(PassageSection(document: document, path: path, ordinals: ordinal..<(ordinal + 1)))
                }
            }
        }
        return found
    }
}
