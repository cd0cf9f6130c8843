import Database
import Events
import Telemetry

/// Counts what people did, from the events that are stored of it: each once, in the process that stores it.
struct EventCounters: Sendable {
    private static let names: [String: (name: String, help: String)] = [
        "user.registered": ("lm_registrations_total", "Accounts that were made."),
        "transcript.completed": ("lm_transcriptions_total", "Recordings that were written down."),
        "chat.message.completed": ("lm_messages_total", "Answers of the tutor that are finished."),
        "document.processed": ("lm_documents_processed_total", "Documents that were read and can be asked."),
        "document.failed": ("lm_documents_failed_total", "Documents that could not be read."),
        "quiz.submitted": ("lm_quizzes_completed_total", "Quizzes that were handed in."),
        "card.reviewed": ("lm_cards_reviewed_total", "Cards that were answered."),
        "note.generated": ("lm_notes_generated_total", "Notes that were made of documents."),
    ]

    private let metrics: Metrics

    init(metrics: Metrics) {
        self.metrics = metrics
        // From nought: a series that begins with its first event shows no rise.
        for (name, help) in Self.names.values { metrics.increment(name, by: 0, help: help) }
    }

    func count(_ event: Event, in transaction: any Transaction) {
        guard let (name, help) = Self.names[event.type] else { return }
        transaction.afterCommit { [metrics] in metrics.increment(name, help: help) }
    }
}
