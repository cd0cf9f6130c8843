package import Ambient
import Database
package import Passages

extension PassageSearcher {
    package func passages(in stretches: [PassageStretch], user: UserID) async throws -> [Passage] {
        try await database.read(as: .user(user)) { [texts] in try await texts.passages(in: stretches, user: user, in: $0) }
    }

    package func sections(of documents: [DocumentID]?, limit: Int, user: UserID) async throws -> [PassageSection] {
        if documents?.isEmpty == true { return [] }
        let starts = try await database.read(as: .user(user)) { [texts] in
            try await texts.sectionStarts(of: documents, limit: limit, user: user, in: $0)
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
