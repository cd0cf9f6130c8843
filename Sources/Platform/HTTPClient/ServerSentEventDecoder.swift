/// An event as a server sent it.
package struct ReceivedEvent: Sendable, Hashable {
    /// The last `id` seen so far; empty if none.
    package var id: String
    /// `message` where the server names none.
    package var event: String
    package var data: String

    package init(id: String = "", event: String = "message", data: String) {
        self.id = id
        self.event = event
        self.data = data
    }
}

/// Reads `text/event-stream` as the HTML standard says (§9.2.6), whatever pieces it comes in.
package struct ServerSentEventDecoder: Sendable {
    private var lines: LineDecoder
    private var id = ""
    private var event = ""
    private var data: [String] = []
    private var isFirstLine = true
    private let limit: Int
    private var size = 0

    /// - Parameter limit: the largest event in bytes.
    package init(limit: Int = 1 << 20) {
        lines = LineDecoder(limit: limit)
        self.limit = limit
    }

    /// The events that `bytes` complete. An event that the end of the stream cuts off is not one.
    package mutating func feed(_ bytes: some Sequence<UInt8>) throws(HTTPClientFailure) -> [ReceivedEvent] {
        var events: [ReceivedEvent] = []
        for var line in try lines.feed(bytes) {
            if isFirstLine {
                isFirstLine = false
                if line.unicodeScalars.first == "\u{FEFF}" { line.unicodeScalars.removeFirst() }
            }
            if line.isEmpty {
                if !data.isEmpty {
                    events.append(
                        ReceivedEvent(id: id, event: event.isEmpty ? "message" : event, data: data.joined(separator: "\n")))
                }
                event = ""
                data = []
                size = 0
                continue
            }
            size += line.utf8.count
            guard size <= limit else { throw HTTPClientFailure(.tooLarge(limit: limit), host: "The server") }
            let bytes = line.utf8
            guard let colon = bytes.firstIndex(of: 0x3A) else {
                field(line, "")
                continue
            }
            guard colon != bytes.startIndex else { continue }
            var value = line[bytes.index(after: colon)...]
            if value.utf8.first == 0x20 { value = value[value.utf8.index(after: value.startIndex)...] }
            field(String(line[..<colon]), String(value))
        }
        return events
    }

    private mutating func field(_ name: String, _ value: String) {
        switch name {
        case "event": event = value
        case "data": data.append(value)
        case "id": if !value.utf8.contains(0) { id = value }
        default: break
        }
    }
}
