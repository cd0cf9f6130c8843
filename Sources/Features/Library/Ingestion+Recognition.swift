import Ambient
import BlobStorage
import Concurrency
import Database
import FoundationEssentials
import Jobs
import Passages

/// Text recognition as a stage: each page's words are kept as soon as they are read, and the pages' text is put together at the end.
extension Ingestion {
    /// Below this a reader should look at the page itself.
    private static let unsure = 75

    func recognise(_ document: Document, _ context: JobContext) async throws {
        let (total, done, isChunked) = try await database.read(as: context.actor) { transaction in
            guard let current = try await documents.find(document.id, in: transaction) else { throw Gone() }
            let count = try await pictures.count(of: document.id, in: transaction)
            return (count.total, count.done, current.chunkCount != nil)
        }
        if total == 0 || isChunked { return }
        if done < total {
            let read: Void? = try await blobs.withLocalFile(document.sha256) { path in
                if recogniser.isInstalled {
                    try await readPictures(of: document, at: path, done: done, total: total, context)
                } else if !document.format.isPicture {
                    try await passOverBlankPages(of: document, at: path, context)
                }
            }
            guard read != nil else { throw LibraryFailure.lostFile }
        }
        try await composePages(of: document, context)
    }

    private func readPictures(of document: Document, at path: String, done: Int, total: Int, _ context: JobContext) async throws {
        var done = done
        var language = try await database.read(as: context.actor) { transaction in
            try await pictures.all(of: document.id, in: transaction).last {
                $0.page?.confidence ?? 0 >= Self.unsure && $0.page?.language.isEmpty == false
            }?.page?.language
        }
        while true {
            try context.checkCancelled()
            try await report(.init(.recognising, done: done, total: total), of: document, context)
            // The first page tells in what language the others are.
            let (limit, known) = (language == nil ? 1 : TextRecogniser.width, language)
            let waiting = try await database.read(as: context.actor) {
                try await pictures.waiting(of: document.id, limit: limit, in: $0)
            }
            if waiting.isEmpty { break }
            let (recogniser, isPicture) = (recogniser, document.format.isPicture)
            let results = try await withThrowingTaskGroup(of: (number: Int, page: RecognisedPage).self) { group in
                for next in waiting {
                    group.addTask {
                        let page = try await recogniser.read(
                            path, page: next.number, picture: next.picture, isPicture: isPicture, language: known)
                        return (next.number, page)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.number < $1.number }
            }
            try await keep(document, context) { try await pictures.save(results, of: document.id, in: $0) }
            done += results.count
            if let page = results.last(where: { $0.page.confidence ?? 0 >= Self.unsure && !$0.page.language.isEmpty })?.page {
                language = page.language
            }
        }
        context.log("\(total) pages read from their pictures")
    }

    /// Where nothing can read pictures, an empty page is told from one that is missed.
    private func passOverBlankPages(of document: Document, at path: String, _ context: JobContext) async throws {
        let waiting = try await database.read(as: context.actor) {
            try await pictures.waiting(of: document.id, limit: .max, in: $0)
        }
        for next in waiting {
            try context.checkCancelled()
            let page = try await recogniser.look(path, page: next.number, picture: next.picture)
            if page.isBlank {
                try await keep(document, context) { try await pictures.save([(next.number, page)], of: document.id, in: $0) }
            }
        }
    }

    /// Makes the text of the pages that were read from their pictures, and says on the document what was not.
    private func composePages(of document: Document, _ context: JobContext) async throws {
        let (all, current, pages) = try await database.read(as: context.actor) { transaction in
            guard let current = try await documents.find(document.id, in: transaction) else { throw Gone() }
            return (
                try await pictures.all(of: document.id, in: transaction), current,
                try await texts.pages(of: document.id, in: transaction)
            )
        }
        let composed = await BlockingPool.shared.run { PictureText(all, pages: pages) }
        guard composed.hasText else {
            throw ExtractionFailure(
                composed.isUnread ? .noRecognition : all.allSatisfy { $0.page?.isBlank ?? false } ? .empty : .noText)
        }
        let kept = current.notes.filter { $0.kind == .attachments || $0.kind == .drawings }
        let figures = current.notes.first { $0.kind == .pictures }
        try await keep(document, context) { transaction in
            try await texts.replace(composed.pages, of: document.id, in: transaction)
            try await documents.setNotes(
                composed.notes(unsure: Self.unsure, figures: figures) + kept, of: document.id, now: ambient.now(), in: transaction)
            if current.metadata.language == nil {
                var metadata = current.metadata
                metadata.language = DocumentLanguage.of(composed.pages, said: nil)
                try await documents.setMetadata(metadata, of: document.id, in: transaction)
            }
            if let title = composed.title, !current.isTitleChosen, current.title == LibraryService.stem(current.filename) {
                try await documents.setTitle(String(title.prefix(300)), of: document.id, in: transaction)
            }
        }
    }
}
