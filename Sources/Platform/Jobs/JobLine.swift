import Database

/// The jobs that wait in a queue, in the order in which they are taken, as it was a moment ago.
package struct JobLine: Sendable {
    /// How many jobs are looked at: who waits further back is told no number, so that a line costs the same however long it is.
    package static let depth = 1000

    private let places: [JobID: Int]

    /// - Parameter jobs: the next first.
    init(_ jobs: [JobID]) { places = Dictionary(jobs.enumerated().map { ($1, $0 + 1) }) { first, _ in first } }

    /// 1 is the next; nil for a job that does not wait, has no turn yet, or waits behind `depth` others.
    package func place(of job: JobID) -> Int? { places[job] }
}

extension JobQueue {
    /// The line in which jobs of a kind wait, with those of all users. Reads the first rows of an index.
    package func line<Payload>(of kind: JobKind<Payload>) async throws -> JobLine {
        JobLine(try await database.read(as: .system) { try await store.line(of: kind.queue, limit: JobLine.depth, in: $0) })
    }
}
