import Synchronization

/// Keys that are in memory alone, and that whoever follows where they come from puts others in the place of.
package final class HeldKeys: Sendable {
    private let keys: Mutex<[SigningKey]>

    package init(_ ring: SigningKeyRing) { keys = Mutex(ring.all) }

    package func replace(with ring: SigningKeyRing) { keys.withLock { $0 = ring.all } }

    var current: [SigningKey] { keys.withLock { $0 } }
}
