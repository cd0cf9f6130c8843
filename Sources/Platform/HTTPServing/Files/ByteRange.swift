import HTTPMessages

/// What a `Range` header asks of something that has `length` bytes (RFC 9110, 14).
enum ByteRange: Equatable {
    /// No range, several, or one that is malformed: the whole is the answer.
    case whole
    case part(offset: Int, length: Int)
    /// Nothing of it is there: 416.
    case unsatisfiable

    init(_ header: String?, of length: Int) {
        self = .whole
        guard let header, header.hasPrefix("bytes=") else { return }
        let text = header.dropFirst(6).trimmingOptionalWhitespace
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(\.trimmingOptionalWhitespace)
        guard ends.count == 2, ends.allSatisfy({ $0.utf8.count <= 18 && $0.utf8.allSatisfy { (48...57).contains($0) } }) else {
            return
        }
        switch (Int(ends[0]), Int(ends[1])) {
        case (nil, let suffix?):
            let count = min(suffix, length)
            self = count > 0 ? .part(offset: length - count, length: count) : .unsatisfiable
        case (let first?, let last):
            if let last, last < first { return }
            guard first < length else {
                self = .unsatisfiable
                return
            }
            self = .part(offset: first, length: min(last ?? .max, length - 1) - first + 1)
        case (nil, nil): return
        }
    }
}
