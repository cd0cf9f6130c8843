package import FoundationEssentials

/// What code takes from the world: the time and new identifiers. Injected, so that a test can say what they are.
package struct Ambient: Sendable {
    /// The wall clock, UTC.
    package var now: @Sendable () -> Date
    /// A UUIDv7: the first 48 bits are the time in milliseconds, so ids sort by when they were made.
    package var newUUID: @Sendable () -> UUID

    package init(now: @escaping @Sendable () -> Date, newUUID: @escaping @Sendable () -> UUID) {
        self.now = now
        self.newUUID = newUUID
    }

    package static let live = Ambient(now: { Date() }, newUUID: { UUIDv7.make(at: Date()) })

    package func newID<Kind>(_ kind: Identifier<Kind>.Type = Identifier<Kind>.self) -> Identifier<Kind> {
        Identifier(newUUID())
    }
}
