import Ambient
package import FoundationEssentials

/// A document as the API and the events show it.
package struct DocumentView: Codable, Sendable, Hashable {
    package struct Progress: Codable, Sendable, Hashable {
        package var stage: Document.Stage
        package var done: Int
        package var total: Int
    }

    package struct Problem: Codable, Sendable, Hashable {
        package var code: String
        package var message: String
    }

    /// One of a document's headings, and where it stands.
    package struct OutlineEntry: Codable, Sendable, Hashable {
        package var level: Int
        package var title: String
        package var page: Int
        package var offset: Int

        init(_ entry: (page: Int, heading: Heading)) {
            level = entry.heading.level
            title = entry.heading.title
            page = entry.page
            offset = entry.heading.offset
        }
    }

    /// Something to know of how the file was read.
    package struct Note: Codable, Sendable, Hashable {
        package struct Pages: Codable, Sendable, Hashable {
            package var first: Int
            package var last: Int
        }

        package var code: ReadingNote.Kind
        package var message: String
        package var pages: [Pages]
        package var count: Int
        package var names: [String]

        init(_ note: ReadingNote) {
            code = note.kind
            message = note.message
            pages = note.pages.map { Pages(first: $0.first, last: $0.last) }
            count = note.count
            names = note.names
        }
    }

    /// What is known of it beside its text.
    package struct Metadata: Codable, Sendable, Hashable {
        package var authors: [String]
        package var date: String?
        package var language: String?
        package var doi: String?
        package var address: String?

        init(_ metadata: DocumentMetadata) {
            (authors, date, language) = (metadata.authors, metadata.date, metadata.language)
            (doi, address) = (metadata.doi, metadata.address)
        }
    }

    /// What pages are called from one on.
    package struct PageLabel: Codable, Sendable, Hashable {
        package var page: Int
        package var prefix: String
        package var style: String?
        package var start: Int

        init(_ run: PageLabels.Run) { (page, prefix, style, start) = (run.page, run.prefix, run.style, run.start) }
    }

    package var id: String
    package var title: String
    package var subject: String?
    package var courseID: String?
    package var filename: String
    package var mediaType: String
    package var size: Int
    package var sha256: String
    package var status: Document.Status
    package var progress: Progress
    package var stages: [StageView]
    /// While it waits: 1 is the next.
    package var placeInLine: Int?
    package var pageCount: Int?
    package var chunkCount: Int?
    package var hasPages: Bool
    package var error: Problem?
    package var notes: [Note]
    package var metadata: Metadata
    package var pageLabels: [PageLabel]?
    package var jobID: String?
    package var version: Int
    /// When this version came.
    package var versionAt: Date
    /// Of what a document was, or is to be: the document.
    package var versionOf: String?
    /// The number of the document's newest version, where this is not it.
    package var latestVersion: Int?
    package var update: UpdateView?
    /// How many people may read it besides its owner; nil where nobody may. Those who read its course do not count.
    package var sharedWith: Int?
    /// Of another's: whose.
    package var sharedBy: SharedByView?
    package var createdAt: Date
    package var updatedAt: Date
    /// In the answer to an upload: the same file was there already.
    package var duplicate: Bool?
    /// In the answer to an upload: what it could replace.
    package var twin: TwinView?
    /// In the answer to the upload of an archive: what became of its files.
    package var unpacked: Unpacked?

    package struct Unpacked: Codable, Sendable, Hashable {
        package var documents: Int
        package var skipped: [String]
    }
    /// In the answer to a question that asks for it: the headings.
    package var outline: [OutlineEntry]?

    package enum CodingKeys: String, CodingKey {
        case id, title, subject, filename, size, sha256, status, progress, stages, error, notes, metadata, version, update,
            duplicate, twin,
            unpacked, outline
        case courseID = "course_id"
        case mediaType = "media_type"
        case placeInLine = "place_in_line"
        case pageCount = "page_count"
        case chunkCount = "chunk_count"
        case hasPages = "has_pages"
        case pageLabels = "page_labels"
        case jobID = "job_id"
        case versionAt = "version_at"
        case versionOf = "version_of"
        case latestVersion = "latest_version"
        case sharedWith = "shared_with"
        case sharedBy = "shared_by"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    package init(_ document: Document, isDuplicate: Bool? = nil) {
        id = document.id.description
        title = document.title
        subject = document.subject
        courseID = document.courseID?.description
        filename = document.filename
        mediaType = document.format.mediaType
        size = document.size
        sha256 = document.sha256
        status = document.status
        progress = Progress(stage: document.progress.stage, done: document.progress.done, total: document.progress.total)
        stages = Self.stages(of: document)
        pageCount = document.pageCount
        chunkCount = document.chunkCount
        hasPages = document.isPaged
        error = document.problem.map { Problem(code: $0.code, message: $0.message) }
        notes = document.notes.map(Note.init)
        metadata = Metadata(document.metadata)
        pageLabels = document.labels.runs.isEmpty ? nil : document.labels.runs.map(PageLabel.init)
        jobID = document.jobID?.uuidString.lowercased()
        version = document.version
        versionAt = document.versionAt ?? document.createdAt
        versionOf = document.edition?.document.description
        createdAt = document.createdAt
        updatedAt = document.updatedAt
        duplicate = isDuplicate
    }

    init(_ uploaded: Uploaded) {
        self.init(uploaded.document, isDuplicate: uploaded.isDuplicate)
        twin = uploaded.twin.map { TwinView(id: $0.id.description, title: $0.title, version: $0.version) }
        unpacked = uploaded.unpacked.map { Unpacked(documents: $0.documents, skipped: $0.skipped) }
    }

    /// The counts are there from the beginning, null until they are known; what a document may lack (a course, an error) is left out.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(title, forKey: .title)
        try container.encodeIfPresent(subject, forKey: .subject)
        try container.encodeIfPresent(courseID, forKey: .courseID)
        try container.encode(filename, forKey: .filename)
        try container.encode(mediaType, forKey: .mediaType)
        try container.encode(size, forKey: .size)
        try container.encode(sha256, forKey: .sha256)
        try container.encode(status, forKey: .status)
        try container.encode(progress, forKey: .progress)
        try container.encode(stages, forKey: .stages)
        try container.encodeIfPresent(placeInLine, forKey: .placeInLine)
        try container.encode(pageCount, forKey: .pageCount)
        try container.encode(chunkCount, forKey: .chunkCount)
        try container.encode(hasPages, forKey: .hasPages)
        try container.encodeIfPresent(error, forKey: .error)
        try container.encode(notes, forKey: .notes)
        try container.encode(metadata, forKey: .metadata)
        try container.encodeIfPresent(pageLabels, forKey: .pageLabels)
        try container.encodeIfPresent(jobID, forKey: .jobID)
        try container.encode(version, forKey: .version)
        try container.encode(versionAt, forKey: .versionAt)
        try container.encodeIfPresent(versionOf, forKey: .versionOf)
        try container.encodeIfPresent(latestVersion, forKey: .latestVersion)
        try container.encodeIfPresent(update, forKey: .update)
        try container.encodeIfPresent(sharedWith, forKey: .sharedWith)
        try container.encodeIfPresent(sharedBy, forKey: .sharedBy)
        try container.encode(createdAt, forKey: .createdAt)
        try container.encode(updatedAt, forKey: .updatedAt)
        try container.encodeIfPresent(duplicate, forKey: .duplicate)
        try container.encodeIfPresent(twin, forKey: .twin)
        try container.encodeIfPresent(unpacked, forKey: .unpacked)
        try container.encodeIfPresent(outline, forKey: .outline)
    }
}
