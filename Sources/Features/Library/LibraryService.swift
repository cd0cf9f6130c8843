package import Ambient
package import BlobStorage
import Concurrency
package import Courses
package import Database
import Failures
import FoundationEssentials
package import Jobs
package import Passages
package import Telemetry

/// What a student can do with documents.
package struct LibraryService: Sendable {
    package struct Configuration: Sendable {
        /// Bytes that a file may have.
        package var uploadLimit = 256 << 20
        package init() {}
    }

    package let configuration: Configuration
    let database: any Database
    let blobs: any BlobStore
    let jobs: JobQueue
    let events: DocumentEvents
    let courses: CourseMaker
    private let searcher: PassageSearcher
    /// nil where no addresses are fetched.
    let web: WebUpload?
    /// nil where archives are refused.
    private(set) var unpacker: ArchiveUnpacker?
    /// nil where no pictures are made.
    let pictures: DocumentPictures?
    let renewal: VectorRenewal
    let ambient: Ambient
    let logger: Logger
    let documents = DocumentStore()
    let directory = CourseDirectory()
    let texts = TextStore()
    let keywords = KeywordStore()
    let editions = EditionStore()
    let access: DocumentAccess

    package init(
        database: any Database, blobs: any BlobStore, jobs: JobQueue, events: DocumentEvents, courses: CourseMaker,
        searcher: PassageSearcher, web: WebUpload? = nil, unpacker: ArchiveUnpacker? = nil,
        pictures: DocumentPictures? = nil, renewal: VectorRenewal,
        configuration: Configuration = Configuration(), ambient: Ambient = .live, logger: Logger = .silent
    ) {
        self.database = database
        access = DocumentAccess(database: database)
        self.blobs = blobs
        self.jobs = jobs
        self.events = events
        self.courses = courses
        self.searcher = searcher
        self.web = web
        self.unpacker = unpacker
        self.pictures = pictures
        self.renewal = renewal
        self.configuration = configuration
        self.ambient = ambient
        self.logger = logger.labelled("library")
    }

    /// The same for what an archive holds.
    var withoutArchives: LibraryService {
        var copy = self
        copy.unpacker = nil
        return copy
    }

    // MARK: - Looking

    func list(
        _ filter: DocumentStore.Filter, offset: Int, limit: Int, user: UserID
    ) async throws -> (documents: [Document], total: Int) {
        var filter = filter
        if case .course(let course) = filter.filing {
            let isOwn = try await database.read(as: .user(user)) {
                try await directory.require(course, user: user, orThrow: .noCourse, in: $0)
            }
            if !isOwn { filter.reach = .shared }
        }
        if filter.reach != .own {
            filter.others = try await access.others(for: user).map(\.id)
            if filter.others.isEmpty {
                if filter.reach == .shared { return ([], 0) }
                filter.reach = .own
            }
        }
        // Nobody sees rows of others but the system.
        return try await database.read(as: filter.reach == .own ? .user(user) : .system) { [filter] in
            try await documents.list(filter, user: user, offset: offset, limit: limit, in: $0)
        }
    }

    /// The person's own, or one that is shared with them.
    package func document(_ id: DocumentID, user: UserID) async throws -> Document {
        try await reading(id, user: user) { opened, _ in opened.document }
    }

    /// The document and where the bytes of its file are to be had.
    package func file(_ id: DocumentID, user: UserID) async throws -> (document: Document, content: BlobContent) {
        let document = try await document(id, user: user)
        guard let content = try await blobs.content(of: document.sha256) else { throw LibraryFailure.lostFile }
        return (document, content)
    }

    package func pages(_ id: DocumentID, offset: Int, limit: Int, user: UserID) async throws -> (pages: [ExtractedPage], total: Int)
    {
        try await reading(id, user: user) { opened, transaction in
            (try await texts.pages(of: id, offset: offset, limit: limit, in: transaction), opened.document.pageCount ?? 0)
        }
    }

    /// The words that text recognition made out on a page, from 1; nil where it did not read that page.
    package func words(_ id: DocumentID, page: Int, user: UserID) async throws -> RecognisedPage? {
        try await reading(id, user: user) { opened, transaction in
            try await PictureStore().result(page, of: id, user: opened.owner, in: transaction)
        }
    }

    /// The document and its headings, in order.
    package func outlined(_ id: DocumentID, user: UserID) async throws -> (
        document: Document, outline: [(page: Int, heading: Heading)]
    ) {
        try await reading(id, user: user) { opened, transaction in
            (opened.document, try await texts.outline(of: id, in: transaction))
        }
    }

    /// The passage, and the document or past edition that it stands in.
    package func chunk(_ chunk: ChunkID, of id: DocumentID, user: UserID) async throws -> (chunk: StoredChunk, document: Document) {
        try await reading(id, user: user) { opened, transaction in
            let owner = opened.owner
            if let chunk = try await texts.chunk(chunk, of: id, user: owner, in: transaction) { return (chunk, opened.document) }
            // What an old answer cites may stand in what the document was.
            guard let past = try await editions.edition(of: id, with: chunk, user: owner, in: transaction),
                let chunk = try await texts.chunk(chunk, of: past, user: owner, in: transaction),
                let document = opened.isOwn
                    ? try await documents.find(past, user: owner, in: transaction)
                    : try await access.find(past, for: user, in: transaction)
            else { throw LibraryFailure.noPassage }
            return (chunk, document)
        }
    }

    /// What comes close to a query, the best first; see `PassageSelection`.
    /// - Parameter course: search only this one's documents; of those named, if any are.
    package func search(
        _ query: String, mode: SearchMode, limit: Int, in documents: [DocumentID]?, course: CourseID? = nil, user: UserID
    ) async throws -> [Passage] {
        try await answer(query, mode: mode, limit: limit, in: documents, course: course, user: user).shown.map(\.passage)
    }

    /// The same, how many further passages say nearly the same as each, and whether nothing of what was searched comes close.
    func answer(
        _ query: String, mode: SearchMode, limit: Int, in documents: [DocumentID]?, course: CourseID? = nil, user: UserID
    ) async throws -> (shown: [PassageSelection.Shown], isNothingClose: Bool) {
        let scope = try await scope(documents, course, user: user)
        // Some are folded into others, or are not close.
        let found = try await searcher.found(for: query, mode: mode, limit: 2 * limit + 20, in: scope, user: user)
        let shown = PassageSelection().select(found, limit: limit)
        return (shown, shown.isEmpty && (mode == .keyword || !found.isEmpty))
    }

    // MARK: - Changing

    /// What is nil stays.
    package func update(_ id: DocumentID, title: String?, filing: DocumentFiling?, user: UserID) async throws -> Document {
        try await changing(id, user: user) { transaction in
            _ = try await head(id, user: user, in: transaction)
            let now = ambient.now()
            if let title {
                try await documents.rename(id, title: title.singleLine, now: now, user: user, in: transaction)
            }
            if let filing {
                let course = try await course(of: filing, user: user, in: transaction)
                try await documents.file([id], in: course, now: now, user: user, in: transaction)
            }
            let document = try await find(id, user: user, in: transaction)
            try await events.append(LibraryEvents.updated, document, in: transaction)
            return document
        }
    }

    /// Removes a document, its versions, all that was made of it, its job if it still runs, and the files if nobody else has the same. Of
    /// an edition only that goes.
    package func delete(_ id: DocumentID, user: UserID) async throws {
        let digests = try await changing(id, user: user) { transaction in
            let document = try await find(id, user: user, in: transaction)
            let draft = try await editions.draft(of: id, in: transaction)
            let others = try await editions.past(of: id, in: transaction) + (draft.map { [$0] } ?? [])
            try await keywords.remove(id, in: transaction)
            try await events.tellMembers(of: user, in: transaction)
            // First the document: the job's end would otherwise tell of a failure.
            try await documents.delete(id, user: user, in: transaction)
            for each in [id] + (draft.map { [$0.id] } ?? []) {
                try await jobs.cancel(LibraryJobs.ingest, uniqueKey: LibraryJobs.uniqueKey(each), in: transaction)
            }
            if document.edition == nil {
                try await events.appendDeleted(id, user: user, in: transaction)
            } else {
                try await events.append(LibraryEvents.updated, document, in: transaction)
            }
            return Set(([document] + others).map(\.sha256))
        }
        try await searcher.drop(id, of: user)
        for digest in digests.sorted() { await dropFile(digest) }
    }

    func find(_ id: DocumentID, user: UserID, in transaction: any Transaction) async throws -> Document {
        guard let document = try await documents.find(id, user: user, in: transaction) else { throw LibraryFailure.noDocument }
        return document
    }
}
