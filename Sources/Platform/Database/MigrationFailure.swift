package import Failures

/// The database's tables and the program do not fit each other.
package struct MigrationFailure: Failure {
    package enum Reason: Sendable {
        /// The database has a migration that this program does not know.
        case newer(known: Int)
        /// A migration was applied with other statements than the program's.
        case changed
        /// The program's list has a gap or a duplicate.
        case misnumbered
        /// The statements failed.
        case failed(any Error)
    }

    package let feature: String
    package let number: Int
    package let reason: Reason

    package var code: FailureCode { .internal }
    package var message: String {
        switch reason {
        case .newer(let known):
            "The database was written by a newer version of the program: its \(feature) tables are at version \(number), and this "
                + "program knows \(known). Run the newer program, or restore a backup."
        case .changed:
            "Migration \(feature) \(number) was applied with other statements than this program has. A migration that has been "
                + "released never changes; add another."
        case .misnumbered: "Migration \(feature) \(number) is out of order: the numbers of a feature are 1, 2, 3 and so on."
        case .failed: "Migration \(feature) \(number) failed, and nothing of it was kept."
        }
    }
    package var underlying: (any Error)? {
        if case .failed(let error) = reason { error } else { nil }
    }
}
