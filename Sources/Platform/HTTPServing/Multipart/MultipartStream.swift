import Failures

/// Pulls a body through the parser as its parts are asked for, so the connection is read no faster than they are used.
actor MultipartStream {
    private let body: HTTPRequestBody
    private var parser: MultipartParser
    private var current = 0
    private var isInPart = false

    init(body: HTTPRequestBody, parser: MultipartParser) {
        self.body = body
        self.parser = parser
    }

    /// The next part; what is left of the one before is skipped. nil at the form's end.
    func nextPart() async throws -> MultipartPart? {
        while let event = try await nextEvent() {
            switch event {
            case .part(let head):
                current += 1
                isInPart = true
                return MultipartPart(
                    name: head.name, filename: head.filename, contentType: head.contentType, headers: head.headers,
                    body: MultipartBody(stream: self, part: current))
            case .data: continue
            case .partEnd: isInPart = false
            }
        }
        return nil
    }

    func bytes(of part: Int) async throws -> [UInt8]? {
        guard part == current else {
            throw HTTPFailure(.badRequest, "A part of the form was read after the one behind it.")
        }
        guard isInPart else { return nil }
        switch try await nextEvent() {
        case .data(let bytes): return bytes
        case .partEnd, .part, nil:
            isInPart = false
            return nil
        }
    }

    private func nextEvent() async throws -> MultipartParser.Event? {
        while true {
            if let event = try parser.next() { return event }
            if parser.isDone {
                // What follows the form is ignored, but read, so the connection can be used again.
                for try await _ in body {}
                return nil
            }
            var iterator = body.makeAsyncIterator()
            guard let bytes = try await iterator.next() else {
                try parser.finish()
                return nil
            }
            parser.push(bytes)
        }
    }
}
