package import Ambient
import FoundationEssentials

package enum AccountImportKind {}
package typealias AccountImportID = Identifier<AccountImportKind>

/// An archive that is taken in, and what came of it.
package struct AccountImport: Sendable {
    package enum State: String, Sendable, Codable, CaseIterable {
        /// Its job waits, or works.
        case running
        /// It was read to its end; the report says what did not come in.
        case completed
        /// It could not be read to its end; what came in until then stays.
        case failed
    }

    package let id: AccountImportID
    package let userID: UserID
    /// Of the file, until it was read.
    let sha256: String
    let size: Int
    package var state: State
    /// When the archive was made; nil until it was looked at.
    var madeAt: Date?
    var report: ImportReport
    /// Why it failed.
    var problem: String?
    let jobID: Identifier<Never>?
    let createdAt: Date
    var finishedAt: Date?
}

/// What came in of an archive, table by table, and what did not and why.
struct ImportReport: Codable, Sendable, Equatable {
    /// Why a row was left out.
    enum Reason: String, Codable, Sendable, CaseIterable {
        /// What it belongs to is not in the archive, or was left out itself.
        case orphaned
        /// Its file is not in the archive, or is not what it should be.
        case fileMissing = "file_missing"
        /// It cannot be read.
        case unreadable
        /// Something else here has what there can be once only.
        case clash
        /// This version does not know what it is.
        case unknown
    }

    struct Table: Codable, Sendable, Equatable {
        let name: String
        let feature: String
        let isCounted: Bool
        var added = 0
        /// There already.
        var known = 0
        var left: [String: Int] = [:]
        /// The first of those that were left out, by what a person would call them.
        var examples: [String] = []

        /// More are only counted.
        static let mostExamples = 5

        mutating func leave(_ reason: Reason, _ count: Int = 1, called name: String? = nil) {
            left[reason.rawValue, default: 0] += count
            if let name, !name.isEmpty, examples.count < Self.mostExamples { examples.append(name) }
        }
    }

    var tables: [Table] = []
    /// Files that were not there when the archive was made.
    var missing: [String] = []
    /// Where the count goes on after a crash: rows of the last table that are in it.
    var counted = 0

    /// Rows that did not come in.
    var left: Int { tables.reduce(0) { $0 + $1.left.values.reduce(0, +) } }

    /// That of a table, made where there is none.
    mutating func change(_ name: String, of feature: String, isCounted: Bool, _ body: (inout Table) -> Void) {
        if tables.last?.name != name {
            tables.append(Table(name: name, feature: feature, isCounted: isCounted))
            counted = 0
        }
        body(&tables[tables.count - 1])
    }
}
