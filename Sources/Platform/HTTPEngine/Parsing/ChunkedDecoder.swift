import Failures

/// Reads a chunked body (RFC 9112 section 7.1), resumable at any byte. Trailers are checked like headers and dropped.
struct ChunkedDecoder {
    enum Step {
        case more
        /// The range of the given bytes that is body.
        case data(Range<Int>)
        case end
        case rejected(Rejection)
    }

    private enum State: Equatable {
        case size, chunkExtension(ChunkExtension), sizeLineFeed, data, dataReturn, dataLineFeed, trailers
    }

    private let limits: ParserLimits
    private var state = State.size
    private var digits = 0
    private var remaining = 0
    private var extensionBytes = 0
    private var extensionTotal = 0
    private var trailerBytes = 0
    private var trailers = FieldLineParser()

    init(limits: ParserLimits) { self.limits = limits }

    mutating func scan(_ bytes: UnsafeRawBufferPointer, from at: inout Int) -> Step {
        while at < bytes.count {
            if state == .data {
                let end = at + min(remaining, bytes.count - at)
                defer { at = end }
                remaining -= end - at
                if remaining == 0 { state = .dataReturn }
                return .data(at..<end)
            }
            if state == .trailers { return scanTrailers(bytes, from: &at) }
            let byte = bytes[at]
            at += 1
            switch state {
            case .size:
                if let value = ByteClass.hexValue(byte) {
                    digits += 1
                    guard digits <= 15 else { return .rejected(.bad("A chunk's size is too large.")) }
                    remaining = remaining * 16 + value
                } else if digits > 0, byte == ByteClass.cr {
                    state = .sizeLineFeed
                } else if digits > 0, byte == UInt8(ascii: ";") {
                    state = .chunkExtension(.nameStart)
                } else {
                    return .rejected(.bad("A chunk's size is not a hexadecimal number."))
                }
            case .chunkExtension(let part):
                if byte == ByteClass.cr, part.mayEnd {
                    state = .sizeLineFeed
                } else if let next = part.after(byte) {
                    state = .chunkExtension(next)
                    extensionBytes += 1
                    extensionTotal += 1
                    guard extensionBytes <= limits.chunkExtension, extensionTotal <= limits.chunkExtensions else {
                        return .rejected(.bad("A chunk's extension is too long."))
                    }
                } else {
                    return .rejected(.bad("A chunk's extension holds a byte that it may not."))
                }
            case .sizeLineFeed:
                guard byte == ByteClass.lf else { return .rejected(.bad("A carriage return stands alone.")) }
                state = remaining > 0 ? .data : .trailers
                digits = 0
                extensionBytes = 0
            case .dataReturn:
                guard byte == ByteClass.cr else { return .rejected(.bad("A chunk's data is not ended by CRLF.")) }
                state = .dataLineFeed
            case .dataLineFeed:
                guard byte == ByteClass.lf else { return .rejected(.bad("A chunk's data is not ended by CRLF.")) }
                state = .size
            case .data, .trailers:
                break
            }
        }
        return .more
    }

    private mutating func scanTrailers(_ bytes: UnsafeRawBufferPointer, from at: inout Int) -> Step {
        while true {
            let start = at
            let end = min(bytes.count, at + limits.trailers - trailerBytes)
            let step = trailers.scan(bytes, from: &at, to: end)
            trailerBytes += at - start
            switch step {
            case .more:
                return end < bytes.count ? .rejected(.init(.headersTooLarge, "The trailers are too long.")) : .more
            case .field: continue
            case .end: return .end
            case .rejected(let rejection): return .rejected(rejection)
            }
        }
    }
}
