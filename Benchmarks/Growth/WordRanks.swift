import Database
import Embedding
import FoundationEssentials
import Glibc
import Library
import Passages
import SQLiteDatabase

/// What the library's search by words finds in given texts, for `Benchmarks/Retrieval/sets.py`: reads {"queries": […], "texts": […]} and
/// prints, for each query, the places of the best texts with their scores, and the score that none can exceed, and whether it is in another language than English.
struct WordRanks {
    private struct Input: Decodable { var queries: [String], texts: [String] }
    private struct Output: Encodable { var hits: [[Double]], ceiling: Double, isForeign: Bool }

    /// Passages of a document: what learns from its document learns from so many.
    private static let documentSize = 20

    func run(model: String) async throws {
        var data = Data()
        while let line = readLine(strippingNewline: false) { data += Data(line.utf8) }
        let input = try JSONDecoder().decode(Input.self, from: data)
        let path = "/tmp/words-\(getpid()).db"
        defer { for ending in ["", "-wal", "-shm"] { unlink(path + ending) } }
        let database = SQLiteDatabase(path: path)
        try await Owner.migrate(database)
        let user = try await database.transaction(as: .system) { try await Owner.make(in: $0) }
        var places: [ChunkID: Int] = [:]
        for start in stride(from: 0, to: input.texts.count, by: Self.documentSize) {
            let texts = Array(input.texts[start..<min(start + Self.documentSize, input.texts.count)])
            let ids = try await database.transaction(as: .system) { transaction in
                let (document, ids) = try await Owner.document(chunks: texts.count, of: user, model: "none", in: transaction)
                try await KeywordStore().save(DocumentTerms(texts: texts), of: document, user: user, in: transaction)
                return ids
            }
            for (index, id) in ids.enumerated() { places[id] = start + index }
        }
        let embedder = try MiniLMEmbedder(directory: model, workers: 1)
        let search = KeywordSearch { embedder.countTokens($0) == 1 }
        var output: [Output] = []
        for query in input.queries {
            let found = try await database.read(as: .user(user)) {
                try await search.search(query, user: user, in: nil, limit: 200, transaction: $0)
            }
            output.append(
                Output(
                    hits: found.hits.map { [Double(places[$0.id] ?? -1), $0.score] }, ceiling: found.ceiling,
                    isForeign: found.isForeign))
        }
        print(String(decoding: try JSONEncoder().encode(output), as: UTF8.self))
    }
}
