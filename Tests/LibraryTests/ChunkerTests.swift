@testable import Library
import Passages
import Testing

struct ChunkerTests {
    /// One token a word.
    let chunker = Chunker { $0.split(whereSeparator: \.isWhitespace).count }

    func page(_ number: Int, _ paragraphs: [(text: String, heading: Int?)]) -> ExtractedPage {
        var builder = PageBuilder()
        for paragraph in paragraphs { builder.add(paragraph.text, headingLevel: paragraph.heading) }
        return builder.page(number)
    }

    func sentence(_ name: String, words: Int) -> String {
        (["\(name)"] + (1..<words).map { "w\($0)" }).joined(separator: " ").capitalizedFirst + "."
    }

    func paragraph(_ name: String, sentences: Int, words: Int = 20) -> String {
        (0..<sentences).map { sentence("\(name)\($0)", words: words) }.joined(separator: " ")
    }

    @Test func `chunks are no longer than they may be, cover everything and point to their text`() {
        let pages = (1...7).map { number in
            page(number, [("Heading \(number)", 1)] + (0..<number).map { (paragraph("P\(number)x\($0)n", sentences: 8 + $0), nil) })
        }
        let chunks = chunker.chunks(of: pages)
        #expect(chunks.map(\.ordinal) == Array(0..<chunks.count))
        var covered = pages.map { _ in Set<Int>() }
        for chunk in chunks {
            #expect(chunk.tokenCount <= 512)
            let text = Array(chunk.text.unicodeScalars)
            for span in chunk.spans {
                let slice = Array(pages[span.page - 1].text.unicodeScalars)[span.start..<span.end]
                #expect(Array(text[span.at..<(span.at + slice.count)]) == Array(slice))
                covered[span.page - 1].formUnion(span.start..<span.end)
            }
        }
        for (index, page) in pages.enumerated() {
            let missing = page.text.unicodeScalars.enumerated().filter {
                !$0.element.properties.isWhitespace && !covered[index].contains($0.offset)
            }
            #expect(missing.isEmpty)
        }
    }

    @Test func `a chunk that holds several short sections tells where each begins`() throws {
        let chunks = chunker.chunks(of: [
            page(
                1, [("Lecture", 1), ("Factors", 2), ("Light limits the rate.", nil), ("Water", 2), ("Oxygen comes from it.", nil)]),
            page(2, [("It is split by light.", nil), ("Summary", 2), ("Water in, oxygen out.", nil)]),
        ])
        let chunk = try #require(chunks.first)
        #expect(chunks.count == 1)
        let text = Array(chunk.text.unicodeScalars)
        let parts = chunk.sections.map { ($0.section ?? "", String(String.UnicodeScalarView(text[$0.offset...])).prefix(5)) }
        #expect(parts.map(\.0) == ["Lecture", "Lecture › Factors", "Lecture › Water", "Lecture › Summary"])
        #expect(parts.map(\.1) == ["Lectu", "Facto", "Water", "Summa"])
        #expect(chunk.sections.first?.offset == 0)
    }

    @Test func `consecutive chunks of a section overlap by up to fifty tokens`() {
        let chunks = chunker.chunks(of: [page(1, (0..<6).map { (paragraph("P\($0)n", sentences: 10), nil) })])
        #expect(chunks.count >= 3)
        for (a, b) in zip(chunks, chunks.dropFirst()) {
            let shared = a.spans[0].end - b.spans[0].start
            #expect(shared > 0)
            let words = a.text.suffix(max(0, shared)).split(separator: " ").count
            #expect(words <= 50)
        }
    }

    @Test func `a numbered heading stands below those whose number begins its own, whatever their size`() {
        let chunks = chunker.chunks(of: [
            page(
                1,
                [
                    ("Chapter 7. Problems", 1), ("7.1. Logs", 3), (paragraph("A", sentences: 10), nil), ("8.2. Network", 2),
                    ("8.2.1. Ethernet", 4), (paragraph("B", sentences: 10), nil), ("8.3. Names", 3), ("A tip", 5),
                    (paragraph("C", sentences: 10), nil),
                ])
        ])
        let sections = Set(chunks.compactMap(\.section))
        #expect(sections == ["Chapter 7. Problems › 7.1. Logs", "8.2. Network › 8.2.1. Ethernet", "8.3. Names › A tip"])
    }

    @Test(arguments: [
        ("Chapter 8. Disks", [8]), ("8.2 Disks", [8, 2]), ("8.2.1. Disks", [8, 2, 1]), ("3 ways to learn", nil), ("Disks", nil),
        ("4. Disks", [4]), ("1998", nil),
    ])
    func `a heading's number is read`(title: String, number: [Int]?) { #expect(HeadingPath.number(of: title) == number) }

    @Test func `a heading begins a chunk and is kept as the section`() {
        let chunks = chunker.chunks(of: [
            page(1, [("Cells", 1), (paragraph("A", sentences: 10), nil), ("Membranes", 2), (paragraph("B", sentences: 10), nil)])
        ])
        #expect(chunks.map(\.section) == ["Cells", "Cells › Membranes"])
        #expect(chunks[1].text.hasPrefix("Membranes\n\nB0"))
    }

    @Test func `small sections share a chunk`() {
        let chunks = chunker.chunks(of: [page(1, (0..<4).map { _ in [("Head", 2), ("A short line.", nil)] }.flatMap { $0 })])
        #expect(chunks.count == 1)
    }

    @Test func `a page's end closes a chunk that is long enough`() {
        let chunks = chunker.chunks(of: [
            page(1, [(paragraph("A", sentences: 15), nil)]), page(2, [(paragraph("B", sentences: 15), nil)]),
        ])
        #expect(chunks.count == 2)
        #expect(chunks[0].spans.map(\.page) == [1])
        #expect(chunks[1].spans.last?.page == 2)
    }

    @Test func `a sentence over a page's border stays one sentence`() throws {
        let chunks = chunker.chunks(of: [
            page(1, [("The cell is the smallest unit that", nil)]), page(2, [("can live alone.", nil)]),
        ])
        #expect(chunks.map(\.text) == ["The cell is the smallest unit that can live alone."])
        #expect(try #require(chunks.first).spans.map(\.page) == [1, 2])
    }

    @Test func `a text without sentences is cut between words`() {
        let chunks = chunker.chunks(of: [page(1, [(Array(repeating: "word", count: 3000).joined(separator: " "), nil)])])
        #expect(chunks.count >= 7)
        #expect(chunks.allSatisfy { $0.tokenCount <= 512 })
    }

    @Test(arguments: [
        ("One two. Three four.", 2), ("See Fig. 3 for it. Then go.", 2), ("J. Smith et al. wrote it.", 1), ("It is 3.5 m. Yes!", 2),
        ("e.g. this one. That?", 2), ("第一。第二。", 2), ("No end", 1),
    ])
    func `sentences end where readers say`(text: String, count: Int) {
        let scalars = Array(text.unicodeScalars)
        let ranges = Sentences.sentences(in: scalars, 0..<scalars.count)
        #expect(ranges.count == count)
        #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == scalars.count)
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
