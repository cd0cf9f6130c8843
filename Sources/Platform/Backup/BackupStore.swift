/// A place that keeps back-ups: runs of bytes by name, `pieces/ab/ab…`. What is written is there whole or not at all, and stays when the
/// machine loses power.
package protocol BackupStore: Sendable {
    /// Where it is, for a person; without a secret.
    var place: String { get }

    /// The names that begin so, with their sizes in bytes.
    func names(under prefix: String) async throws -> [String: Int]

    /// nil if there is nothing of this name.
    func read(_ name: String) async throws -> [UInt8]?

    func write(_ bytes: [UInt8], to name: String) async throws

    /// Nothing if there is none.
    func remove(_ name: String) async throws
}
