package import Ambient
import Courses
package import Database
import FoundationEssentials
package import Jobs
import Passages
package import SourceTexts
import Summaries
import TypedText

/// What somebody does with their notes: write them, have them made, change and delete them.
package struct NoteService: Sendable {
    /// Bytes of a note's Markdown.
    static let longest = 400_000
    /// What is typed in one window within ten minutes is one version.
    private static let sitting = 600.0

    let database: any Database
    let library: SourceLibrary
    let jobs: JobQueue
    let events: NoteEvents
    let ambient: Ambient
    let store = NoteStore()
    let versions = NoteVersionStore()

    package init(
        database: any Database, library: SourceLibrary, jobs: JobQueue, events: NoteEvents, ambient: Ambient = .live
    ) {
        self.database = database
        self.library = library
        self.jobs = jobs
        self.events = events
        self.ambient = ambient
    }

    // MARK: - Looking

    func list(
        course: CourseID?, user: UserID, offset: Int, limit: Int
    ) async throws -> (notes: [NoteOverview], total: Int) {
        try await database.read(as: .user(user)) {
            try await store.list(course: course, user: user, offset: offset, limit: limit, in: $0)
        }
    }

    func find(_ id: NoteID, user: UserID) async throws -> Note {
        let note = try await database.read(as: .user(user)) { try await store.find(id, user: user, in: $0) }
        guard let note else { throw NotesFailure.noNote }
        return note
    }

    // MARK: - Making

    /// Has a note made from documents, a course or whatever is near a topic.
    /// - Parameter id: its own; asked for twice under one, it is made once.
    func generate(
        _ kind: NoteKind, _ wish: NoteWish, title: String?, as id: NoteID? = nil, user: UserID
    ) async throws -> Note {
        if let id, let known = try await known(id, user: user) { return known }
        let sources = try await sources(of: wish, user: user)
        var note = fresh(
            title: title ?? Self.title(of: wish, sources), form: NoteForm(kind), course: wish.course, as: id, user: user)
        note.status = .generating
        note.wish = wish
        return try await database.transaction(as: .user(user)) { [note] transaction in
            var note = note
            if let course = wish.course { try await CourseDirectory().join(course, user: user, in: transaction) }
            note.jobID = try await jobs.enqueue(
                NoteJobs.make, .init(noteID: note.id), user: user, uniqueKey: NoteJobs.key(note.id), in: transaction)
            try await store.insert(note, in: transaction)
            try await events.append(NoteEvents.created, note, in: transaction)
            return note
        }
    }

    /// - Parameter id: its own; asked for twice under one, it is written once.
    func write(
        title: String, _ content: CitedContent, course: CourseID?, as id: NoteID? = nil, user: UserID
    ) async throws -> Note {
        try Self.check(content)
        if let id, let known = try await known(id, user: user) { return known }
        var note = fresh(title: title, form: .written, course: course, as: id, user: user)
        note.content = content.trimmed
        return try await database.transaction(as: .user(user)) { [note] transaction in
            if let course { try await CourseDirectory().join(course, user: user, in: transaction) }
            try await store.insert(note, in: transaction)
            try await versions.insert(version(of: note, .written), of: note.id, user: user, in: transaction)
            try await events.append(NoteEvents.created, note, in: transaction)
            return note
        }
    }

    /// Makes it anew: what its owner wrote, changed or took out since it was made last stays so.
    /// - Parameter kind: makes another kind of note of the same texts.
    func regenerate(_ id: NoteID, as kind: NoteKind?, usesModel: Bool?, user: UserID) async throws -> Note {
        try await database.transaction(as: .user(user)) { transaction in
            guard var note = try await store.find(id, user: user, locking: true, in: transaction) else { throw NotesFailure.noNote }
            guard note.wish != nil else { throw NotesFailure.notGenerated }
            guard note.status != .generating else { throw NotesFailure.isGenerating }
            if let kind { note.form = NoteForm(kind) }
            if let usesModel { note.wish?.usesModel = usesModel }
            note.status = .generating
            note.problem = nil
            note.updatedAt = ambient.now()
            note.jobID = try await jobs.enqueue(
                NoteJobs.make, .init(noteID: id), user: user, uniqueKey: NoteJobs.key(id), in: transaction)
            try await store.update(note, in: transaction)
            try await events.append(NoteEvents.changed, note, in: transaction)
            return note
        }
    }

    /// Stops the making; what is there stays.
    func stop(_ id: NoteID, user: UserID) async throws -> Note {
        try await database.transaction(as: .user(user)) { transaction in
            guard try await store.find(id, user: user, in: transaction) != nil else { throw NotesFailure.noNote }
            try await jobs.cancel(NoteJobs.make, uniqueKey: NoteJobs.key(id), in: transaction)
        }
        return try await find(id, user: user)
    }

    // MARK: - Changing

    struct Change: Sendable {
        var title: String?
        var text: String?
        /// What `[n]` of the text stand for that are new, or stand for something else.
        var citations: [NoteCitation] = []
        var course: CourseID?
        /// The version that whoever changes it has seen.
        var version: Int
        /// Which window it is changed in.
        var editor: String?
    }

    /// Throws `NotesFailure.stale` where it has been changed since the version that was seen; nothing is changed then.
    func change(_ id: NoteID, _ change: Change, user: UserID) async throws -> Note {
        try await changing(id, from: change.version, as: .edited, editor: change.editor, user: user) { note, transaction in
            if let title = change.title { note.title = title }
            if let course = change.course {
                try await CourseDirectory().join(course, user: user, in: transaction)
                note.courseID = course
            }
            guard change.text != nil || !change.citations.isEmpty else { return }
            let named = Set(change.citations.map(\.number))
            let content = CitedContent(
                change.text ?? note.content.text,
                (note.content.citations.filter { !named.contains($0.number) } + change.citations).sorted { $0.number < $1.number })
            try Self.check(content)
            note.content = content.trimmed
        }
    }

    func delete(_ id: NoteID, user: UserID) async throws {
        try await database.transaction(as: .user(user)) { transaction in
            guard try await store.find(id, user: user, locking: true, in: transaction) != nil else { throw NotesFailure.noNote }
            try await jobs.cancel(NoteJobs.make, uniqueKey: NoteJobs.key(id), in: transaction)
            _ = try await store.delete(id, user: user, in: transaction)
            try await events.appendDeleted(id, user: user, in: transaction)
        }
    }

    // MARK: - Versions

    /// The newest first, each with no more than its beginning.
    func versions(of id: NoteID, user: UserID) async throws -> [NoteVersion] {
        try await database.read(as: .user(user)) { transaction in
            guard try await store.find(id, user: user, in: transaction) != nil else { throw NotesFailure.noNote }
            return try await versions.list(of: id, user: user, in: transaction)
        }
    }

    func version(_ number: Int, of id: NoteID, user: UserID) async throws -> NoteVersion {
        let found = try await database.read(as: .user(user)) { try await versions.find(number, of: id, user: user, in: $0) }
        guard let found else { throw NotesFailure.noVersion }
        return found
    }

    /// Brings back what it said; what it says now remains a version.
    func restore(_ number: Int, of id: NoteID, from version: Int, user: UserID) async throws -> Note {
        try await changing(id, from: version, as: .restored, editor: nil, user: user) { note, transaction in
            guard let before = try await versions.find(number, of: id, user: user, in: transaction) else {
                throw NotesFailure.noVersion
            }
            note.title = before.title
            note.content = before.content
        }
    }

    /// A change that is a version.
    private func changing(
        _ id: NoteID, from version: Int, as origin: NoteVersion.Origin, editor: String?, user: UserID,
        _ change: @Sendable (inout Note, any Transaction) async throws -> Void
    ) async throws -> Note {
        try await database.transaction(as: .user(user)) { transaction in
            guard var note = try await store.find(id, user: user, locking: true, in: transaction) else { throw NotesFailure.noNote }
            guard note.version == version else { throw NotesFailure.stale(note.version) }
            let before = note
            try await change(&note, transaction)
            // The same said again is no version.
            guard note != before else { return note }
            note.version += 1
            note.updatedAt = ambient.now()
            if note.status == .failed, !note.content.text.isEmpty { note.status = .ready }
            try await store.update(note, in: transaction)
            try await record(note, origin, editor: editor, in: transaction)
            try await events.append(NoteEvents.changed, note, in: transaction)
            return note
        }
    }

    /// Keeps what a note says now as its version.
    func record(_ note: Note, _ origin: NoteVersion.Origin, editor: String? = nil, in transaction: any Transaction) async throws {
        var version = version(of: note, origin, editor: editor)
        if origin == .edited, let editor,
            let last = try await versions.find(note.version - 1, of: note.id, user: note.userID, in: transaction),
            last.origin == .edited, last.editor == editor, version.createdAt.timeIntervalSince(last.begunAt) < Self.sitting
        {
            try await versions.remove(last.number, of: note.id, user: note.userID, in: transaction)
            version.begunAt = last.begunAt
        }
        try await versions.insert(version, of: note.id, user: note.userID, in: transaction)
    }

    private func version(of note: Note, _ origin: NoteVersion.Origin, editor: String? = nil) -> NoteVersion {
        let now = ambient.now()
        return NoteVersion(
            number: note.version, title: note.title, content: note.content, origin: origin, editor: editor, begunAt: now,
            createdAt: now)
    }

    private func known(_ id: NoteID, user: UserID) async throws -> Note? {
        try await database.read(as: .user(user)) { try await store.find(id, user: user, in: $0) }
    }

    private func fresh(title: String, form: NoteForm, course: CourseID?, as id: NoteID?, user: UserID) -> Note {
        let now = ambient.now()
        return Note(
            id: id ?? ambient.newID(), userID: user, courseID: course, title: title, form: form, status: .ready,
            content: CitedContent(),
            base: nil, map: nil, wish: nil, making: NoteMaking(), problem: nil, version: 1, jobID: nil, createdAt: now,
            updatedAt: now)
    }

    private static func check(_ content: CitedContent) throws(NotesFailure) {
        guard content.text.utf8.count <= longest else { throw NotesFailure.tooLong }
    }

    // MARK: - Sources

    private func sources(of wish: NoteWish, user: UserID) async throws -> [SourceLibrary.Document] {
        do {
            let found = try await library.documents(wish.documents, in: wish.course, user: user)
            // In the order in which they were named.
            return wish.documents.map { wanted in wanted.compactMap { id in found.first { $0.id == id } } } ?? found
        } catch let problem as SourceProblem {
            throw NotesFailure(problem)
        }
    }

    private static func title(of wish: NoteWish, _ sources: [SourceLibrary.Document]) -> String {
        if let topic = wish.topic { return String(topic.prefix(120)) }
        if sources.count == 1 { return String(sources[0].title.prefix(120)) }
        return sources.isEmpty ? "Note" : String("\(sources[0].title) + \(sources.count - 1)".prefix(120))
    }
}
