import Concurrency
import Glibc
import Synchronization

/// A TCP server that says exactly the bytes that a test wants, when it wants, in the pieces that it wants; it also drops connections
/// on cue, which a proper server would not do.
package final class ScriptedServer: Sendable {
    private let listener: Int32
    package let port: Int
    private let play: Play

    /// - Parameter script: answers one request, on a thread of its own. The connection is kept for a next request unless it closes it.
    package init(_ script: @escaping @Sendable (ScriptedConnection, ScriptedRequest) -> Void) throws {
        let play = Play(script)
        self.play = play
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(listener, raw, length) == 0 && listen(listener, 64) == 0 && getsockname(listener, raw, &length) == 0
            }
        }
        guard bound else { throw ServerUnavailable() }
        port = Int(UInt16(bigEndian: address.sin_port))
        // The server's calls block: a thread waits for connections until the listener is shut down, and one serves each of them.
        // Only that thread closes the listener: closed by another, its number could be the next server's before this one asks again.
        try SystemThread.start(name: "scripted") { [listener] in
            defer { close(listener) }
            while true {
                let peer = accept(listener, nil, nil)
                if peer < 0 { return }
                let connection = ScriptedConnection(peer)
                do { try SystemThread.start(name: "scripted") { play.serve(connection) } } catch { connection.close() }
            }
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    package var url: String { "http://127.0.0.1:\(port)" }

    /// What was asked so far.
    package var requests: [ScriptedRequest] { play.seen.withLock { $0 } }
}

/// What the connections' threads share; it outlives the server until the last of them ends.
private final class Play: Sendable {
    private let script: @Sendable (ScriptedConnection, ScriptedRequest) -> Void
    let seen = Mutex<[ScriptedRequest]>([])

    init(_ script: @escaping @Sendable (ScriptedConnection, ScriptedRequest) -> Void) { self.script = script }

    func serve(_ connection: ScriptedConnection) {
        while let request = connection.readRequest() {
            seen.withLock { $0.append(request) }
            script(connection, request)
            if connection.isClosed { return }
        }
        connection.close()
    }
}

package struct ServerUnavailable: Error {}

/// A request as it came over the wire.
package struct ScriptedRequest: Sendable {
    package var method: String
    package var target: String
    /// Names in lower case.
    package var headers: [String: String]
    package var body: [UInt8]
    package var text: String { String(decoding: body, as: UTF8.self) }
}
