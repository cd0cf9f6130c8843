package import Ambient
import BlobStorage
import Concurrency
import Courses
import Database
import Failures
import FoundationEssentials
import Jobs

extension LibraryService {
    /// Stores a file and makes a document of it. `describe` is asked for title and course once the bytes are in, since a form may
    /// name them after the file.
    ///
    /// - Returns: the document, and whether the user had the same file before.
    /// - Throws: `LibraryFailure` (empty, unknown type), `BlobFailure` (too large, disk full or not writable), whatever the parts throw.
    package func upload<Parts: AsyncSequence & Sendable>(
        _ upload: Upload<Parts>, user: UserID, describe: () async throws -> UploadDescription = { UploadDescription() }
    ) async throws -> Uploaded where Parts.Element == [UInt8] {
        let filename = upload.filename
        let screened = ScreenedParts(parts: upload.parts, filename: filename)
        return try await blobs.receive(from: screened, limit: configuration.uploadLimit) { received in
            guard received.blob.size > 0 else { throw LibraryFailure.emptyFile }
            let kind = try await BlockingPool.shared.run { try FileKind(path: received.path, filename: filename) }
            guard let kind else {
                guard let unpacker else { throw LibraryFailure.unknownType }
                return try await unpacker.withMembers(ofArchiveAt: received.path) { members in
                    let description = try await describe()
                    if description.replaces != nil { throw LibraryFailure.archiveReplaces }
                    return try await self.upload(members, filing: description.filing, user: user)
                }
            }
            let description = try await describe()
            if case .course(let course) = description.filing {
                // Before the file is stored; the transaction below decides.
                let isOwn = try await database.read(as: .user(user)) { try await directory.require(course, user: user, in: $0) }
                if !isOwn { throw CoursesFailure.unknownCourse }
            }
            return try await add(
                received, filename: filename, address: upload.address, kind, description, user: user)
        }
    }

    /// Each file of an archive is a document of its own; those that cannot be read are named.
    private func upload(_ members: [ArchiveUnpacker.Member], filing: DocumentFiling, user: UserID) async throws -> Uploaded {
        var result: Uploaded?
        var unpacked = Uploaded.Unpacked()
        // A paper is read with the works that it cites: they come first, and are not what the archive is about.
        func holdsWorks(_ member: ArchiveUnpacker.Member) -> Bool { member.filename.lowercased().hasSuffix(".bib") }
        for member in members.filter(holdsWorks) + members.filter({ !holdsWorks($0) }) {
            do {
                // An archive within the archive is none of its files.
                let kindred = Upload(filename: member.filename, parts: HeldParts(bytes: member.bytes))
                let added = try await withoutArchives.upload(kindred, user: user) { UploadDescription(filing: filing) }
                result = result.map { $0.document.format == .bibtex ? added : $0 } ?? added
                unpacked.documents += 1
            } catch let failure as LibraryFailure where failure.code == .unsupportedMediaType || failure.code == .unprocessable {
                unpacked.skipped.append(member.filename)
            }
        }
        guard var result else { throw LibraryFailure.archiveOfNone }
        result.unpacked = unpacked
        return result
    }

    private func add(
        _ received: ReceivedBlob, filename: String, address: String?, _ kind: FileKind, _ description: UploadDescription,
        user: UserID
    ) async throws -> Uploaded {
        let now = ambient.now()
        let chosen = description.title.flatMap { $0.singleLine.isEmpty ? nil : $0.singleLine }
        var draft = Document(
            id: ambient.newID(), userID: user, title: String((chosen ?? Self.stem(filename)).prefix(300)),
            isTitleChosen: chosen != nil, courseID: nil, subject: nil,
            filename: filename, format: kind.format, charset: kind.encoding?.charset, size: received.blob.size,
            sha256: received.blob.sha256,
            status: .pending,
            progress: .init(.waiting), isPaged: false, pageCount: nil, chunkCount: nil, problem: nil, jobID: nil,
            embeddingModel: nil, revision: 0, createdAt: now, updatedAt: now)
        draft.metadata = DocumentMetadata(authors: [], date: nil, language: nil, doi: nil, address: address)
        try await received.store()
        do {
            return try await database.transaction(as: .user(user)) { [draft] transaction in
                try await documents.lockContent(draft.sha256, in: transaction)
                // Whoever removed this content did so before; whoever wants to waits until this document is seen.
                try await received.confirm()
                if let replaced = description.replaces { return try await addVersion(draft, of: replaced, in: transaction) }
                var filed = draft
                filed.courseID = try await course(of: description.filing, user: user, in: transaction)
                return try await add(filed, in: transaction)
            }
        } catch let failure as DatabaseFailure where failure.kind == .reference {
            // The account was removed meanwhile, and with it go its files.
            await dropFile(draft.sha256)
            throw failure
        }
    }

    private func add(_ draft: Document, in transaction: any Transaction) async throws -> Uploaded {
        if try await documents.insert(draft, in: transaction) {
            if draft.metadata != DocumentMetadata() {
                try await documents.setMetadata(draft.metadata, of: draft.id, in: transaction)
            }
            _ = try await enqueue(draft, in: transaction)
            let document = try await find(draft.id, user: draft.userID, in: transaction)
            try await events.append(LibraryEvents.uploaded, document, in: transaction)
            return Uploaded(
                document: document, isDuplicate: false, twin: try await editions.twin(of: document, in: transaction))
        }
        guard let known = try await documents.find(sha256: draft.sha256, user: draft.userID, in: transaction) else {
            throw LibraryFailure(.conflict, "The same file is being removed; try again.")
        }
        // One that lies in no course is filed where it was brought to; one that lies in a course stays there.
        let isFiled = known.courseID == nil && draft.courseID != nil
        if isFiled {
            try await documents.file([known.id], in: draft.courseID, now: draft.createdAt, user: draft.userID, in: transaction)
        }
        // Bringing a file again that failed, or was stopped, is asking to try again.
        guard known.status == .failed || known.status == .cancelled else {
            guard isFiled else { return Uploaded(document: known, isDuplicate: true) }
            let filed = try await find(known.id, user: draft.userID, in: transaction)
            try await events.append(LibraryEvents.updated, filed, in: transaction)
            return Uploaded(document: filed, isDuplicate: true)
        }
        try await documents.setPending(known.id, now: draft.createdAt, in: transaction)
        _ = try await enqueue(known, in: transaction)
        return Uploaded(document: try await find(known.id, user: draft.userID, in: transaction), isDuplicate: true)
    }

    func enqueue(_ document: Document, in transaction: any Transaction) async throws -> Document {
        let job = try await jobs.enqueue(
            LibraryJobs.ingest, .init(documentID: document.id), user: document.userID,
            uniqueKey: LibraryJobs.uniqueKey(document.id),
            in: transaction)
        try await documents.setJob(job.uuid, of: document.id, in: transaction)
        var document = document
        document.jobID = job.uuid
        return document
    }

    /// The file's name without its ending.
    static func stem(_ filename: String) -> String {
        guard let dot = filename.lastIndex(of: "."), dot > filename.startIndex else { return filename }
        return String(filename[..<dot])
    }
}
