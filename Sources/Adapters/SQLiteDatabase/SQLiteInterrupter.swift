import CSQLite
import Synchronization

/// The one thing that may be done to a connection from another thread: telling it to stop what it does.
final class SQLiteInterrupter: Sendable {
    /// The address of the open handle; the lock keeps it open while `interrupt` uses it.
    private let handle = Mutex<UInt?>(nil)

    func set(_ pointer: OpaquePointer?) { handle.withLock { $0 = pointer.map { UInt(bitPattern: $0) } } }

    func interrupt() {
        handle.withLock { address in
            if let pointer = address.flatMap({ OpaquePointer(bitPattern: $0) }) { sqlite3_interrupt(pointer) }
        }
    }
}
