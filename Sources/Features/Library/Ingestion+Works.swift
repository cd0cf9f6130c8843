import BlobStorage
import Concurrency
import Database
import Jobs

extension Ingestion {
    /// What a LaTeX document cites, of the BibTeX files that it names and its owner has brought too.
    func works(citedBy document: Document, _ context: JobContext) async throws -> LaTeXBibliography {
        var works = LaTeXBibliography()
        guard document.format == .latex else { return works }
        let names = try await blobs.withLocalFile(document.sha256) { path in
            try await BlockingPool.shared.run {
                let file = try FileWindow(path: path)
                return LaTeXBibliography.files(namedIn: Array(try file.read(at: 0, count: file.size)))
            }
        }
        guard let names, !names.isEmpty else { return works }
        let files = try await database.read(as: context.actor) {
            try await documents.bibliographies(named: names, besides: document, in: $0)
        }
        for file in files {
            if let found = try await blobs.withLocalFile(file.sha256, { try await extractor.works(path: $0) }) { works.add(found) }
        }
        context.log("\(files.count) of \(names.count) files of works found")
        return works
    }
}
