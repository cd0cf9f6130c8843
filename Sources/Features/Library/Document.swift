package import Ambient
package import Courses
package import FoundationEssentials
package import Passages

/// A file that a student brought, and what has become of it.
package struct Document: Sendable, Hashable {
    package enum Status: String, Sendable, Codable, CaseIterable {
        /// Its job waits.
        case pending
        case processing
        /// It can be searched: its text and all its vectors are there.
        case completed
        case failed
        /// The student stopped it; it can go on from there.
        case cancelled
    }

    package enum Stage: String, Sendable, Codable, CaseIterable {
        case waiting, extracting
        /// Pages that are pictures are read by text recognition.
        case recognising = "ocr"
        case chunking, embedding, indexing, completed
    }

    /// How far a stage has come: `embedding` 120 of 480. Both are 0 where there is nothing to count.
    package struct Progress: Sendable, Codable, Hashable {
        package var stage: Stage
        package var done: Int
        package var total: Int

        package init(_ stage: Stage, done: Int = 0, total: Int = 0) {
            self.stage = stage
            self.done = done
            self.total = total
        }
    }

    /// Why it failed: a short code, and a sentence that tells the student what to do.
    package struct Problem: Sendable, Codable, Hashable {
        package var code: String
        package var message: String
    }

    package let id: DocumentID
    package let userID: UserID
    package var title: String
    /// Whether the student chose the title; otherwise reading the file may find a better one.
    package var isTitleChosen: Bool
    /// The course that it belongs to.
    package var courseID: CourseID?
    /// That course's name: what it was filed under before there were courses, and what older programs ask for.
    package var subject: String?
    /// As the browser gave it, without folders.
    package var filename: String
    package var format: DocumentFormat
    /// How a text's bytes stand for characters, in the words of HTTP; nil where it is no text, or not known.
    package var charset: String?
    /// Bytes.
    package var size: Int
    /// Of the file's content; also its name in the blob store.
    package var sha256: String
    package var status: Status
    package var progress: Progress
    /// The stages that it has gone through.
    package var stages = StageLog()
    /// Whether its pages are the file's own; see `ExtractedDocument.isPaged`.
    package var isPaged: Bool
    package var pageCount: Int?
    package var chunkCount: Int?
    package var problem: Problem?
    /// The job that reads it, or did last.
    package var jobID: UUID?
    /// What of the file its text does not hold, or may hold wrongly.
    package var notes: [ReadingNote] = []
    package var metadata = DocumentMetadata()
    /// What the file calls its pages.
    package var labels = PageLabels()
    /// The model of its vectors.
    package var embeddingModel: String?
    /// What it is if it is no document of its own, but another state of one.
    package var edition: Edition?
    /// From 1; each new file that takes the document's place has the next.
    package var version = 1
    /// When this version came; nil for the first.
    package var versionAt: Date?
    /// Rises each time that it is indexed, so that what is held in memory can be told from what is new.
    package var revision: Int
    package var createdAt: Date
    package var updatedAt: Date

    /// Whether a job works on it, or will.
    package var isBeingRead: Bool { status == .pending || status == .processing }
}
