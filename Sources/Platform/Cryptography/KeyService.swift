/// A service that keeps a master key and lends its use without giving it away: the port. A few bytes go in and come out wrapped, and back.
package protocol KeyService: Sendable {
    func wrap(_ bytes: [UInt8]) async throws -> [UInt8]
    func unwrap(_ bytes: [UInt8]) async throws -> [UInt8]
}
