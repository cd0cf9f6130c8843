/// Cuts a byte stream into lines, whatever pieces it comes in: for newline-delimited JSON. Ends are LF, CRLF or CR.
package struct LineDecoder: Sendable {
    private var line: [UInt8] = []
    private var afterReturn = false
    private let limit: Int

    /// - Parameter limit: the longest line in bytes.
    package init(limit: Int = 1 << 20) { self.limit = limit }

    /// The lines that `bytes` complete, without their ends.
    package mutating func feed(_ bytes: some Sequence<UInt8>) throws(HTTPClientFailure) -> [String] {
        var lines: [String] = []
        for byte in bytes {
            defer { afterReturn = byte == 0x0D }
            if byte == 0x0A, afterReturn { continue }
            if byte == 0x0A || byte == 0x0D {
                lines.append(String(decoding: line, as: UTF8.self))
                line.removeAll(keepingCapacity: true)
            } else {
                guard line.count < limit else { throw HTTPClientFailure(.tooLarge(limit: limit), host: "The server") }
                line.append(byte)
            }
        }
        return lines
    }

    /// What is left at the end of the stream: a last line without an end.
    package mutating func finish() -> String? {
        defer { line = [] }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }
}
