import CLinux
import Concurrency
import Glibc
import Synchronization

/// A blocking socket to a server under test. Its calls run on `pool`'s threads.
final class TestClient: Sendable {
    /// Threads for the clients of tests that run side by side.
    static let pool = BlockingPool(name: "clients", threads: 64)

    struct Response: Sendable {
        var status: Int
        /// Names in lower case.
        var headers: [String: String]
        var body: [UInt8]
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    let descriptor: Int32
    private let unread = Mutex<[UInt8]>([])
    private let isOpen = Mutex(true)

    /// nil if the server does not take the connection.
    init?(port: Int, host: String = "127.0.0.1", receiveBuffer: Int32? = nil) {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0, let found else { return nil }
        defer { freeaddrinfo(found) }
        descriptor = socket(found.pointee.ai_family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
        if var receiveBuffer { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, 4) }
        setTimeout(SO_RCVTIMEO, seconds: 60)
        guard connect(descriptor, found.pointee.ai_addr, found.pointee.ai_addrlen) == 0 else {
            Glibc.close(descriptor)
            isOpen.withLock { $0 = false }
            return nil
        }
    }

    deinit { close() }

    func close() {
        isOpen.withLock { isOpen in
            if isOpen { Glibc.close(descriptor) }
            isOpen = false
        }
    }

    func setTimeout(_ option: Int32, seconds: Int) {
        var time = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
    }

    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// - Returns: how many bytes the system took; fewer if the server closed or a send timeout passed.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Int {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                raw.baseAddress.map { linux_send(descriptor, $0 + sent, raw.count - sent, 0) } ?? 0
            }
            if count <= 0 { return sent }
            sent += count
        }
        return sent
    }

    @discardableResult
    func send(_ text: String) -> Int { send(Array(text.utf8)) }

    func sendByteByByte(_ bytes: [UInt8]) { for byte in bytes where send([byte]) == 0 { return } }

    /// The next bytes; empty at the end, nil after a reset or a timeout.
    func receive(_ limit: Int = 65_536) -> [UInt8]? {
        let held = unread.withLock { unread in
            defer { unread = [] }
            return unread
        }
        if !held.isEmpty { return held }
        var buffer = [UInt8](repeating: 0, count: limit)
        let count = recv(descriptor, &buffer, limit, 0)
        return count < 0 ? nil : Array(buffer.prefix(count))
    }

    /// Whether bytes, or the end, come within so many milliseconds.
    func isReadable(within milliseconds: Int32) -> Bool {
        var set = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&set, 1, milliseconds) > 0
    }

    /// Everything up to the end; nil after a reset or a timeout.
    func receiveToEnd() -> [UInt8]? {
        var all: [UInt8] = []
        while let part = receive() {
            if part.isEmpty { return all }
            all += part
        }
        return nil
    }

    /// Everything up to and including `mark`; nil if the end comes first.
    func receive(until mark: String) -> String? {
        var all: [UInt8] = []
        let mark = Array(mark.utf8)
        while true {
            if let end = find(mark, in: all) {
                unread.withLock { $0 = Array(all[end...]) }
                return String(decoding: all[..<end], as: UTF8.self)
            }
            guard let part = receive(), !part.isEmpty else { return nil }
            all += part
        }
    }

    /// The next response other than 100, its body unframed; nil if the server closes first.
    func response(toHead: Bool = false) -> Response? {
        guard let head = receive(until: "\r\n\r\n") else { return nil }
        let lines = head.split(separator: "\r\n", omittingEmptySubsequences: true)
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { return nil }
        if status == 100 { return response(toHead: toHead) }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
        }
        var response = Response(status: status, headers: headers, body: [])
        if toHead || status == 204 || status == 304 { return response }
        if headers["transfer-encoding"] == "chunked" {
            while let line = receive(until: "\r\n"), let size = Int(line.dropLast(1), radix: 16) {
                guard let data = take(size + 2) else { return nil }
                if size == 0 { return response }
                response.body += data.dropLast(2)
            }
            return nil
        }
        if let length = headers["content-length"].flatMap({ Int($0) }) {
            guard let body = take(length) else { return nil }
            response.body = body
        } else {
            guard let body = receiveToEnd() else { return nil }
            response.body = body
        }
        return response
    }

    private func take(_ count: Int) -> [UInt8]? {
        guard count > 0 else { return [] }
        var all: [UInt8] = []
        while all.count < count {
            guard let part = receive(), !part.isEmpty else { return nil }
            all += part
        }
        unread.withLock { $0 = Array(all[count...]) }
        return Array(all[..<count])
    }

    private func find(_ mark: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= mark.count else { return nil }
        for start in 0...(bytes.count - mark.count) where bytes[start..<start + mark.count].elementsEqual(mark) {
            return start + mark.count
        }
        return nil
    }
}
