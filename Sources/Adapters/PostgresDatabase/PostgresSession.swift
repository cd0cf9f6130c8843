import CPostgreSQL
import Database
import Glibc
import Telemetry

/// One open `PGconn` and the talk over it; lives within its connection's actor, which is the only one to call libpq on it.
///
/// A call sends what it has in one go and waits for the answers, or for an interrupt, which cancels the statement in hand.
final class PostgresSession {
    /// Puts one command on the wire; 1 if libpq took it.
    typealias Send = (OpaquePointer) -> Int32

    private let handle: OpaquePointer
    private let interruption: Interruption
    private let logger: Logger
    /// How many commands of the last pipeline succeeded.
    private(set) var completed = 0
    /// A pipeline was sent whose answers nobody has taken yet.
    private var isAhead = false

    /// Takes over an open connection.
    init(_ handle: OpaquePointer, interruption: Interruption, logger: Logger) {
        self.handle = handle
        self.interruption = interruption
        self.logger = logger
        // Notices ("already exists, skipping") would go to standard error.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
    }

    deinit { PQfinish(handle) }

    var isAlive: Bool { PQstatus(handle) == CONNECTION_OK }
    var isIdle: Bool { PQtransactionStatus(handle) == PQTRANS_IDLE }

    /// Runs text without parameters, several statements if need be; returns the last result.
    func simple(_ text: String) throws(DatabaseFailure) -> PostgresResult {
        try drain()
        guard PQsendQuery(handle, text) == 1 else { throw PostgresFailure.make(handle) }
        return try finish()
    }

    /// Sends a command and does not wait; whoever talks next takes the answer, on the way.
    func sendAhead(_ command: @escaping Send) throws(DatabaseFailure) {
        try drain()
        guard PQenterPipelineMode(handle) == 1 else { throw PostgresFailure.make(handle, lost: true) }
        try send([command])
        isAhead = true
    }

    /// Runs commands in one round trip, each only if those before it succeeded; returns the last one's result.
    func pipeline(_ commands: [Send]) throws(DatabaseFailure) -> PostgresResult {
        if isAhead {
            try send(commands)
            isAhead = false
            _ = try receive()
        } else {
            guard PQenterPipelineMode(handle) == 1 else { throw PostgresFailure.make(handle, lost: true) }
            try send(commands)
        }
        let (last, failure) = try receive()
        guard PQexitPipelineMode(handle) == 1 else { throw PostgresFailure.make(handle, lost: true) }
        if let failure { throw failure }
        guard let last else { throw DatabaseFailure(.connection, "no result") }
        return last
    }

    /// The notifications that have come, as texts; waits for the first. None after an interrupt.
    func notifications() throws(DatabaseFailure) -> [String] {
        while true {
            var texts: [String] = []
            while let notification = PQnotifies(handle) {
                if let text = notification.pointee.extra { texts.append(String(cString: text)) }
                PQfreemem(notification)
            }
            if !texts.isEmpty { return texts }
            if try waitForNews() { return [] }
            guard PQconsumeInput(handle) == 1 else { throw PostgresFailure.make(handle, lost: true) }
        }
    }

    /// Waits for bytes of the server; true after an interrupt.
    private func waitForNews() throws(DatabaseFailure) -> Bool {
        var descriptors = [
            pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0),
            pollfd(fd: interruption.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&descriptors, nfds_t(descriptors.count), -1) >= 0 || errno == EINTR else {
            throw DatabaseFailure(.connection, "poll: \(String(cString: strerror(errno)))")
        }
        return descriptors[1].revents != 0
    }

    private func send(_ commands: [Send]) throws(DatabaseFailure) {
        for command in commands {
            guard command(handle) == 1 else { throw PostgresFailure.make(handle, lost: true) }
        }
        guard PQpipelineSync(handle) == 1 else { throw PostgresFailure.make(handle, lost: true) }
    }

    /// Takes the answers of one pipeline, to its end.
    private func receive() throws(DatabaseFailure) -> (last: PostgresResult?, failure: DatabaseFailure?) {
        var last: PostgresResult?
        var failure: DatabaseFailure?
        completed = 0
        while true {
            guard let result = try next() else {
                // The end of one command's results.
                if !isAlive { throw failure ?? PostgresFailure.make(handle, lost: true) }
                continue
            }
            switch PQresultStatus(result.pointer) {
            case PGRES_PIPELINE_SYNC: return (last, failure)
            case PGRES_PIPELINE_ABORTED: break
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
                last = result
                completed += 1
            default: failure = failure ?? PostgresFailure.make(result)
            }
        }
    }

    private func drain() throws(DatabaseFailure) {
        guard isAhead else { return }
        isAhead = false
        _ = try receive()
        guard PQexitPipelineMode(handle) == 1 else { throw PostgresFailure.make(handle, lost: true) }
    }

    private func finish() throws(DatabaseFailure) -> PostgresResult {
        var last: PostgresResult?
        var failure: DatabaseFailure?
        while let result = try next() {
            switch PQresultStatus(result.pointer) {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: last = result
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH: throw DatabaseFailure(.connection, "COPY is not spoken here")
            default: failure = failure ?? PostgresFailure.make(result)
            }
        }
        if !isAlive { throw failure ?? PostgresFailure.make(handle, lost: true) }
        if let failure { throw failure }
        guard let last else { throw DatabaseFailure(.connection, "no result") }
        return last
    }

    /// The next result; nil after the last one of a command.
    private func next() throws(DatabaseFailure) -> PostgresResult? {
        var isInterrupted = false
        while PQisBusy(handle) != 0 {
            try wait(&isInterrupted)
            guard PQconsumeInput(handle) == 1 else { throw PostgresFailure.make(handle, lost: true) }
        }
        return PQgetResult(handle).map(PostgresResult.init)
    }

    /// Waits for the server, or for an interrupt, on which it asks the server to stop.
    ///
    /// The server ignores a request that comes before it has begun with the statement, so the request is repeated until an answer comes.
    private func wait(_ isInterrupted: inout Bool) throws(DatabaseFailure) {
        var descriptors = [
            pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0),
            pollfd(fd: interruption.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        let ready = poll(&descriptors, nfds_t(descriptors.count), isInterrupted ? 50 : -1)
        guard ready >= 0 || errno == EINTR else {
            throw DatabaseFailure(.connection, "poll: \(String(cString: strerror(errno)))")
        }
        if descriptors[1].revents != 0 {
            interruption.clear()
            isInterrupted = true
        }
        if isInterrupted, descriptors[0].revents == 0 { requestCancel() }
    }

    /// Opens a connection of its own to the server; the statement then fails as cancelled, if it was not done already.
    private func requestCancel() {
        guard let cancel = PQgetCancel(handle) else { return }
        defer { PQfreeCancel(cancel) }
        var text = [CChar](repeating: 0, count: 256)
        if PQcancel(cancel, &text, Int32(text.count)) == 0 { logger.warning("a statement could not be cancelled") }
    }
}
