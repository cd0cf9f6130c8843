import CSQLite
import Synchronization

/// The one thing that may be done to a connection from another thread: telling it to stop what it does.
///
/// `sqlite3_interrupt` does nothing while no statement runs, so one that comes just before the start would be lost. A flag that the
/// running statement looks at now and then keeps it.
final class SQLiteInterrupter: Sendable {
    /// The address of the open handle; the lock keeps it open while `interrupt` uses it.
    private let handle = Mutex<UInt?>(nil)
    private let isRaised = Atomic(false)

    /// Watches over a handle until `detach`. The interrupter must outlive it.
    func attach(_ pointer: OpaquePointer) {
        handle.withLock { $0 = UInt(bitPattern: pointer) }
        sqlite3_progress_handler(
            pointer, 10_000,
            { raw in
                guard let raw else { return 0 }
                let interrupter = Unmanaged<SQLiteInterrupter>.fromOpaque(raw).takeUnretainedValue()
                return interrupter.isRaised.load(ordering: .relaxed) ? 1 : 0
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    func detach() { handle.withLock { $0 = nil } }

    /// Forgets an interrupt that came too late for its statement.
    func clear() { isRaised.store(false, ordering: .relaxed) }

    func interrupt() {
        isRaised.store(true, ordering: .relaxed)
        handle.withLock { address in
            if let pointer = address.flatMap({ OpaquePointer(bitPattern: $0) }) { sqlite3_interrupt(pointer) }
        }
    }
}
