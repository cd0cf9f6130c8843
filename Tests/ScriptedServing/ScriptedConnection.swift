import Glibc
import Synchronization

/// One connection of a `ScriptedServer`; used by its thread alone.
// Sendable by hand: only the connection's own thread touches the buffer; the descriptor's state is under the lock.
package final class ScriptedConnection: @unchecked Sendable {
    private let descriptor: Int32
    private let closed = Mutex(false)
    private var buffer: [UInt8] = []

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    var isClosed: Bool { closed.withLock { $0 } }

    /// false once the client is gone.
    @discardableResult
    package func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count <= 0 { return false }
            sent += count
        }
        return true
    }

    @discardableResult
    package func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// Each byte in a packet of its own, as far as the kernel lets it.
    package func sendByteByByte(_ text: String) {
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        for byte in text.utf8 where !send([byte]) { return }
    }

    package func respond(_ status: Int, _ headers: [String: String] = [:], _ body: String = "") {
        var head = "HTTP/1.1 \(status) X\r\nContent-Length: \(body.utf8.count)\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        send(head + "\r\n" + body)
    }

    /// Begins a chunked response.
    package func begin(_ status: Int = 200, _ headers: [String: String] = [:]) {
        var head = "HTTP/1.1 \(status) X\r\nTransfer-Encoding: chunked\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        send(head + "\r\n")
    }

    @discardableResult
    package func chunk(_ text: String) -> Bool { send("\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n") }

    package func end() { send("0\r\n\r\n") }

    package func close() {
        let first = closed.withLock { closed in
            defer { closed = true }
            return !closed
        }
        if first { Glibc.close(descriptor) }
    }

    /// Blocks until the client has closed the connection.
    package func waitForDisconnect() {
        var byte: UInt8 = 0
        while recv(descriptor, &byte, 1, 0) > 0 {}
    }

    func readRequest() -> ScriptedRequest? {
        while true {
            if let end = headEnd() {
                let lines = String(decoding: buffer[..<end], as: UTF8.self).split(separator: "\r\n").map(String.init)
                buffer.removeFirst(end + 4)
                let parts = (lines.first ?? "").split(separator: " ")
                guard parts.count == 3 else { return nil }
                var headers: [String: String] = [:]
                for line in lines.dropFirst() {
                    guard let colon = line.firstIndex(of: ":") else { continue }
                    headers[line[..<colon].lowercased()] = String(line[line.index(after: colon)...].drop { $0 == " " })
                }
                guard
                    let body = headers["transfer-encoding"] == "chunked"
                        ? chunked() : exactly(Int(headers["content-length"] ?? "0") ?? 0)
                else { return nil }
                return ScriptedRequest(method: String(parts[0]), target: String(parts[1]), headers: headers, body: body)
            }
            guard fill() else { return nil }
        }
    }

    private func headEnd() -> Int? {
        guard buffer.count >= 4 else { return nil }
        return (0...buffer.count - 4).first {
            buffer[$0] == 13 && buffer[$0 + 1] == 10 && buffer[$0 + 2] == 13 && buffer[$0 + 3] == 10
        }
    }

    private func exactly(_ count: Int) -> [UInt8]? {
        while buffer.count < count { guard fill() else { return nil } }
        defer { buffer.removeFirst(count) }
        return Array(buffer[..<count])
    }

    private func chunked() -> [UInt8]? {
        var body: [UInt8] = []
        while true {
            while !buffer.contains(10) { guard fill() else { return nil } }
            guard let lineEnd = buffer.firstIndex(of: 10),
                let size = Int(String(decoding: buffer[..<(lineEnd - 1)], as: UTF8.self), radix: 16)
            else { return nil }
            buffer.removeFirst(lineEnd + 1)
            guard let piece = exactly(size), exactly(2) != nil else { return nil }
            if size == 0 { return body }
            body += piece
        }
    }

    private func fill() -> Bool {
        var scratch = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &scratch, scratch.count, 0)
        guard count > 0 else { return false }
        buffer += scratch[..<count]
        return true
    }
}
