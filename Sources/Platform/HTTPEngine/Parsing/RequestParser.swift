import Failures

/// The requests of one connection, byte by byte: a state machine without input or output, resumable at any byte.
///
/// Feeding it whole or in any pieces gives the same events, but that body bytes may come in more ranges. After a rejection it
/// takes nothing more.
struct RequestParser {
    enum Event {
        /// Every byte given is taken.
        case more
        case head(RequestHead)
        /// The range of the given bytes that is body.
        case body(Range<Int>)
        /// The request is complete; what follows is the next one.
        case end
        case rejected(Rejection)
    }

    private enum State {
        case line
        case fields(RequestHeadBuilder)
        case length(Int)
        case chunked(ChunkedDecoder)
        case complete
        case failed(Rejection)
    }

    private let limits: ParserLimits
    private var state = State.line
    private var line = RequestLineParser()
    private var fields = FieldLineParser()
    private var headBytes = 0

    init(limits: ParserLimits = ParserLimits()) { self.limits = limits }

    /// Between two requests: no byte of the next one has come.
    var isFresh: Bool {
        guard case .line = state else { return false }
        return line.isFresh
    }

    /// How many body bytes are still to come; nil if that is not known.
    var remainingLength: Int? {
        switch state {
        case .length(let left): left
        case .complete: 0
        default: nil
        }
    }

    mutating func next(_ bytes: UnsafeRawBufferPointer, from at: inout Int) -> Event {
        switch state {
        case .line, .fields: return scanHead(bytes, from: &at)
        case .length(let left):
            guard at < bytes.count else { return .more }
            let end = at + min(left, bytes.count - at)
            defer { at = end }
            state = left == end - at ? .complete : .length(left - (end - at))
            return .body(at..<end)
        case .chunked(var decoder):
            state = .complete  // so that the decoder is not shared while it changes
            let step = decoder.scan(bytes, from: &at)
            switch step {
            case .more:
                state = .chunked(decoder)
                return .more
            case .data(let range):
                state = .chunked(decoder)
                return .body(range)
            case .end: return next(bytes, from: &at)
            case .rejected(let rejection): return fail(rejection)
            }
        case .complete:
            state = .line
            headBytes = 0
            return .end
        case .failed(let rejection): return .rejected(rejection)
        }
    }

    private mutating func scanHead(_ bytes: UnsafeRawBufferPointer, from at: inout Int) -> Event {
        while true {
            let start = at
            let end = min(bytes.count, at + limits.head - headBytes)
            if case .line = state {
                let step = line.scan(bytes, from: &at, to: end)
                headBytes += at - start
                switch step {
                case .more: return more(end, bytes.count)
                case .line(let method, let target, let minor):
                    state = .fields(RequestHeadBuilder(method: method, target: target, minorVersion: minor))
                case .rejected(let rejection): return fail(rejection)
                }
                continue
            }
            let step = fields.scan(bytes, from: &at, to: end)
            headBytes += at - start
            switch step {
            case .more: return more(end, bytes.count)
            case .field(let name, let value):
                guard case .fields(var builder) = state else { return .more }
                state = .line  // so that the builder is not shared while it changes
                guard builder.count < limits.fields else { return fail(Rejection(.headersTooLarge, "There are too many headers.")) }
                builder.append(name: name, value: value)
                state = .fields(builder)
            case .end: return finishHead()
            case .rejected(let rejection): return fail(rejection)
            }
        }
    }

    private mutating func finishHead() -> Event {
        guard case .fields(let builder) = state else { return .more }
        do {
            let head = try builder.finish()
            switch head.framing {
            case .none, .length(0): state = .complete
            case .length(let length): state = .length(length)
            case .chunked: state = .chunked(ChunkedDecoder(limits: limits))
            }
            return .head(head)
        } catch {
            return fail(error)
        }
    }

    private mutating func more(_ end: Int, _ count: Int) -> Event {
        end < count ? fail(Rejection(.headersTooLarge, "The request's head is too long.")) : .more
    }

    private mutating func fail(_ rejection: Rejection) -> Event {
        state = .failed(rejection)
        return .rejected(rejection)
    }
}
