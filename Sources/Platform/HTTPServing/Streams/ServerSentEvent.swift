/// One event of a `text/event-stream` (HTML standard, section 9.2).
package struct ServerSentEvent: Sendable, Hashable {
    /// What a reconnecting client sends as `Last-Event-ID`. Must have no line break and no NUL.
    package var id: String?
    /// The name that the client listens for.
    package var event: String?
    /// Any text; each line becomes a `data` line.
    package var data: String
    /// How long a client waits before it reconnects.
    package var retry: Duration?

    package init(id: String? = nil, event: String? = nil, data: String, retry: Duration? = nil) {
        self.id = id
        self.event = event
        self.data = data
        self.retry = retry
    }

    /// An event whose data is a value as JSON.
    package init(id: String? = nil, event: String? = nil, json value: some Encodable) throws {
        self.init(id: id, event: event, data: String(decoding: try JSONCoding.bytes(value), as: UTF8.self))
    }

    /// As it goes over the wire, with the empty line that ends it.
    package var bytes: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(data.utf8.count + 64)
        func line(_ field: String, _ value: some Sequence<UInt8>) {
            out += field.utf8
            out += ": ".utf8
            out += value
            out.append(10)
        }
        if let id { line("id", id.utf8.filter { $0 != 10 && $0 != 13 && $0 != 0 }) }
        if let event { line("event", event.utf8.filter { $0 != 10 && $0 != 13 }) }
        if let retry {
            let (seconds, attoseconds) = retry.components
            line("retry", String(seconds * 1000 + attoseconds / 1_000_000_000_000_000).utf8)
        }
        var start = data.utf8.startIndex
        let bytes = data.utf8
        while true {
            let end = bytes[start...].firstIndex { $0 == 10 || $0 == 13 } ?? bytes.endIndex
            line("data", bytes[start..<end])
            guard end < bytes.endIndex else { break }
            start = bytes.index(after: end)
            if bytes[end] == 13, start < bytes.endIndex, bytes[start] == 10 { start = bytes.index(after: start) }
        }
        out.append(10)
        return out
    }
}
