import Ambient
import Database
import FoundationEssentials
import Passages

/// What a document's way to completed leaves in the database.
extension DocumentStore {
    func setJob(_ job: UUID, of id: DocumentID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE documents SET job_id = \(Identifier<Never>(job)) WHERE id = \(id)")
    }

    /// Back to the start of what is left to do.
    func setPending(_ id: DocumentID, now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE documents SET status = 'pending', stage = 'waiting', done = 0, total = 0, problem_code = NULL, problem_message = NULL,
                updated_at = \(now) WHERE id = \(id)
            """)
    }

    /// One that is completed gets new vectors, and is read meanwhile as it is.
    func setProgress(
        _ progress: Document.Progress, stages: StageLog, of id: DocumentID, now: Date, in transaction: any Transaction
    ) async throws {
        try await transaction.execute(
            """
            UPDATE documents SET status = CASE WHEN status = 'completed' THEN status ELSE 'processing' END, stage = \(progress.stage.rawValue), done = \(progress.done),
                total = \(progress.total), stages = \(try JSONColumn.text(stages)), updated_at = \(now) WHERE id = \(id)
            """)
    }

    /// With `Document.Problem.cancelled` it is stopped.
    func setFailed(
        _ id: DocumentID, _ problem: Document.Problem, stages: StageLog, now: Date, in transaction: any Transaction
    ) async throws {
        try await transaction.execute(
            """
            UPDATE documents SET status = 'failed', problem_code = \(problem.code), problem_message = \(problem.message),
                stages = \(try JSONColumn.text(stages)), updated_at = \(now) WHERE id = \(id)
            """)
    }

    func setCompleted(_ id: DocumentID, model: String, stages: StageLog, now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE documents SET status = 'completed', stage = 'completed', done = chunk_count, total = chunk_count,
                embedding_model = \(model), revision = revision + 1, stages = \(try JSONColumn.text(stages)), updated_at = \(now)
            WHERE id = \(id)
            """)
    }

    /// Records what extraction found. The title gives way to one that the student chose meanwhile.
    func setExtracted(
        _ id: DocumentID, _ extracted: ExtractedDocument, title: String?, metadata: DocumentMetadata, now: Date,
        in transaction: any Transaction
    ) async throws {
        try await transaction.execute(
            """
            UPDATE documents SET is_paged = \(extracted.isPaged), page_count = \(extracted.pages.count),
                charset = \(extracted.charset), notes = \(try JSONColumn.text(extracted.notes)),
                metadata = \(try JSONColumn.text(metadata)), page_labels = \(try JSONColumn.text(extracted.labels)), updated_at = \(now)
            WHERE id = \(id)
            """)
        if let title {
            try await transaction.execute(
                "UPDATE documents SET title = \(title) WHERE id = \(id) AND is_title_chosen = \(false)")
        }
    }

    func setMetadata(_ metadata: DocumentMetadata, of id: DocumentID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE documents SET metadata = \(try JSONColumn.text(metadata)) WHERE id = \(id)")
    }

    /// Sets a title that was found in the text.
    func setTitle(_ title: String, of id: DocumentID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE documents SET title = \(title) WHERE id = \(id) AND is_title_chosen = \(false)")
    }

    func setNotes(_ notes: [ReadingNote], of id: DocumentID, now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute(
            "UPDATE documents SET notes = \(try JSONColumn.text(notes)), updated_at = \(now) WHERE id = \(id)")
    }

    func setChunked(_ id: DocumentID, chunkCount: Int, now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute(
            "UPDATE documents SET chunk_count = \(chunkCount), updated_at = \(now) WHERE id = \(id)")
    }
}
