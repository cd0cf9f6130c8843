/// The parts that can run apart, by the names that `lm serve` takes. Without a name all run in one process.
package enum ServiceName: String, Sendable, CaseIterable {
    /// Accounts and sessions.
    case auth
    /// Documents, search and chat.
    case llm
    /// The job queue's API and its worker.
    case jobs

    /// The port that it listens on when it runs alone and none is set.
    package var defaultPort: Int {
        switch self {
        case .auth: 8001
        case .llm: 8005
        case .jobs: 8006
        }
    }

    package var purpose: String {
        switch self {
        case .auth: "accounts and sessions"
        case .llm: "documents, search and chat"
        case .jobs: "the job queue and its worker"
        }
    }
}
