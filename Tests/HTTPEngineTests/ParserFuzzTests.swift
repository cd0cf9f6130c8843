import Failures
import Glibc
@testable import HTTPEngine
import SeededTesting
import Testing

/// Requests that are almost right: the shapes of the strictness table, cut, joined, repeated and sprinkled with what matters.
struct RequestMutator {
    private static let pieces: [[UInt8]] = [
        "\r\n", "\n", "\r", "\r\n\r\n", " ", "\t", "\u{0}", ":", ";", ",", "0", "1", "ffffffff", "Content-Length: 3\r\n",
        "Transfer-Encoding: chunked\r\n", "Host: b\r\n", "chunked", "HTTP/1.0", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "0\r\n\r\n",
        "é",
        "Connection: close\r\n", "Expect: 100-continue\r\n", "X: y\r\n", "/", "*", "#", "POST", "[::1]",
    ].map { Array($0.utf8) }

    private let corpus: [[UInt8]]
    private let mutations: ClosedRange<Int>
    private var generator: SeededGenerator

    init(seed: UInt64, corpus: [Shape] = Shape.all, mutations: ClosedRange<Int> = 1...4) {
        generator = SeededGenerator(seed: seed)
        self.corpus = corpus.map(\.bytes).filter { $0.count < 2000 }
        self.mutations = mutations
    }

    mutating func next() -> [UInt8] {
        var bytes = pick(corpus)
        for _ in 0..<Int.random(in: mutations, using: &generator) { mutate(&bytes) }
        return bytes
    }

    /// Sizes of pieces to cut `count` bytes into.
    mutating func cuts(_ count: Int) -> [Int] {
        var sizes: [Int] = []
        var left = count
        while left > 0 {
            sizes.append(Int.random(in: 1...min(left, 40), using: &generator))
            left -= sizes[sizes.count - 1]
        }
        return sizes
    }

    private mutating func pick<Element>(_ list: [Element]) -> Element { list[Int.random(in: 0..<list.count, using: &generator)] }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        let at = Int.random(in: 0...bytes.count, using: &generator)
        let end = min(bytes.count, at + Int.random(in: 1...12, using: &generator))
        switch Int.random(in: 0..<7, using: &generator) {
        case 0 where at < bytes.count: bytes[at] = UInt8.random(in: .min ... .max, using: &generator)
        case 1 where at < bytes.count: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 2: bytes.removeSubrange(at..<end)
        case 3: bytes.insert(contentsOf: bytes[at..<end], at: at)
        case 4: bytes.insert(contentsOf: pick(RequestMutator.pieces), at: at)
        case 5: bytes.replaceSubrange(at..<end, with: pick(RequestMutator.pieces))
        default: bytes = Array(bytes[..<at]) + pick(corpus)
        }
    }
}

@Suite("Parser under mutation", .timeLimit(.minutes(10)))
struct ParserFuzzTests {
    /// `LM_FUZZ_ROUNDS` runs it for longer.
    private static let rounds = getenv("LM_FUZZ_ROUNDS").flatMap { Int(String(cString: $0)) } ?? 4000

    @Test("whole and split agree, and what is accepted is sound", arguments: [1, 2, 3, 4] as [UInt64])
    func mutations(seed: UInt64) throws {
        var mutator = RequestMutator(seed: seed)
        for round in 0..<ParserFuzzTests.rounds {
            let bytes = mutator.next()
            let whole = ParseResult.whole(bytes)
            var start = 0
            let pieces = mutator.cuts(bytes.count).map { size in
                defer { start += size }
                return bytes[start..<start + size]
            }
            try #require(ParseResult(pieces) == whole, "seed \(seed), round \(round): \(bytes)")
            try #require(ParseResult.split(bytes, into: 1) == whole, "seed \(seed), round \(round): \(bytes)")
            for request in whole.requests { try check(request, "seed \(seed), round \(round): \(bytes)") }
        }
    }

    private func check(_ request: ParseResult.Request, _ source: @autoclosure () -> Comment) throws {
        func values(_ name: String) -> [Substring] {
            request.headers.filter { $0.lowercased().hasPrefix(name + ": ") }.map { $0.dropFirst(name.count + 2) }
        }
        let (hosts, lengths, encodings) = (values("host"), values("content-length"), values("transfer-encoding"))
        try #require(hosts.count == 1 || hosts.isEmpty && request.minorVersion == 0, source())
        try #require(lengths.count + encodings.count <= 1, source())
        try #require(request.target.hasPrefix("/") || request.target == "*", source())
        try #require(request.target.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, source())
        try #require(request.headers.allSatisfy { !$0.utf8.contains { $0 == 10 || $0 == 13 || $0 == 0 } }, source())
        try #require(request.headers.count <= 100, source())
        switch request.framing {
        case .none: try #require(lengths.isEmpty && encodings.isEmpty && request.body.isEmpty, source())
        case .length(let length):
            try #require(lengths.count == 1 && Int(lengths[0]) == length, source())
            try #require(request.isComplete ? request.body.count == length : request.body.count < length, source())
        case .chunked: try #require(encodings == ["chunked"] && request.minorVersion == 1, source())
        }
    }
}
