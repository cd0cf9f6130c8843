/// The objects of a PDF (ISO 32000-1, 7.5): found by its tables, or, where those are broken, by looking through the file.
///
/// Text and fonts are poppler's to read; this tells what poppler's tools do not: page labels, and where pictures stand.
final class PDFFile {
    private enum Place {
        case at(Int)
        /// Within another object's stream: that object, and which of its members.
        case packed(in: Int, index: Int)
    }

    private static let mostSections = 1_000
    private static let mostObjects = 2_000_000

    private let bytes: [UInt8]
    private var places: [Int: Place] = [:]
    private(set) var trailer: [String: PDFValue] = [:]
    private var known: [Int: PDFValue] = [:]
    private var members: [Int: [(number: Int, value: PDFValue)]] = [:]
    private var open: Set<Int> = []
    /// Bytes that may still be unpacked.
    private var allowance = 512 << 20

    /// nil if it has no pages that can be found, or is under a password: without it strings and streams are noise.
    init?(_ bytes: [UInt8]) {
        self.bytes = bytes
        readSections()
        if catalog["Pages"] == nil {
            (places, trailer, known, members) = ([:], [:], [:], [:])
            lookThrough()
        }
        guard trailer["Encrypt"] == nil, catalog["Pages"] != nil else { return nil }
    }

    var catalog: [String: PDFValue] { resolved(trailer["Root"]).dictionary ?? [:] }

    /// What a value stands for, if it is a reference.
    func resolved(_ value: PDFValue?) -> PDFValue {
        var value = value ?? .null
        for _ in 0..<20 {
            guard case .reference(let number) = value else { return value }
            value = object(number)
        }
        return .null
    }

    /// The bytes of a stream as they are before packing; nil where they are packed in a way that is not for text, or broken.
    func content(of stream: PDFValue) -> [UInt8]? {
        guard case .stream(let dictionary, let start) = stream, start <= bytes.count else { return nil }
        var data = bytes[start..<end(ofStreamAt: start, dictionary)]
        let filter = resolved(dictionary["Filter"])
        let filters = filter.name.map { [$0] } ?? filter.array?.compactMap { resolved($0).name } ?? []
        let parameters = resolved(dictionary["DecodeParms"])
        for (index, filter) in filters.enumerated() {
            if filter == "ASCII85Decode" || filter == "ASCIIHexDecode" {
                data = (filter == "ASCII85Decode" ? PDFTextualCode.base85(data) : PDFTextualCode.base16(data))[...]
                continue
            }
            guard filter == "FlateDecode", let plain = Inflate.unpack(data, .zlib, most: allowance), !plain.isTooMuch else {
                return nil
            }
            allowance -= plain.bytes.count
            let own = parameters.array.map { $0.indices.contains(index) ? resolved($0[index]) : .null } ?? parameters
            data = PDFPredictor.undo(plain.bytes, own.dictionary?.mapValues { resolved($0).integer ?? 1 } ?? [:])[...]
        }
        return Array(data)
    }

    // MARK: - Objects

    private func object(_ number: Int) -> PDFValue {
        if let value = known[number] { return value }
        guard let place = places[number], open.insert(number).inserted else { return .null }
        defer { open.remove(number) }
        let value: PDFValue =
            switch place {
            case .at(let offset): object(at: offset)?.value ?? .null
            case .packed(let holder, let index): member(index, number, of: holder)
            }
        known[number] = value
        return value
    }

    /// `7 0 obj … endobj`.
    private func object(at offset: Int) -> (number: Int, value: PDFValue)? {
        guard offset >= 0, offset < bytes.count else { return nil }
        var lexer = PDFLexer(bytes[...], at: offset)
        guard let number = lexer.next()?.integer, lexer.next()?.integer != nil, lexer.next()?.isWord("obj") == true,
            let value = lexer.next()
        else { return nil }
        guard case .dictionary(let dictionary) = value else { return (number, value) }
        guard lexer.next()?.isWord("stream") == true else { return (number, value) }
        return (number, .stream(dictionary, at: lexer.startOfStream()))
    }

    private func member(_ index: Int, _ number: Int, of holder: Int) -> PDFValue {
        let all = members[holder] ?? unpacked(holder)
        members[holder] = all
        if all.indices.contains(index), all[index].number == number { return all[index].value }
        return all.first { $0.number == number }?.value ?? .null
    }

    private func unpacked(_ holder: Int) -> [(number: Int, value: PDFValue)] {
        let stream = object(holder)
        guard let dictionary = stream.dictionary, let count = resolved(dictionary["N"]).integer,
            let first = resolved(dictionary["First"]).integer, let data = content(of: stream), (0...100_000).contains(count),
            first >= 0
        else { return [] }
        var lexer = PDFLexer(data[...])
        var heads: [(number: Int, offset: Int)] = []
        for _ in 0..<count {
            guard let number = lexer.next()?.integer, let offset = lexer.next()?.integer else { break }
            heads.append((number, offset))
        }
        return heads.map { head in
            guard head.offset >= 0, head.offset < data.count - first else { return (head.number, .null) }
            var lexer = PDFLexer(data[...], at: first + head.offset)
            return (head.number, lexer.next() ?? .null)
        }
    }

    private func end(ofStreamAt start: Int, _ dictionary: [String: PDFValue]) -> Int {
        if let length = resolved(dictionary["Length"]).integer, length >= 0, start + length <= bytes.count {
            var lexer = PDFLexer(bytes[...], at: start + length)
            if lexer.next()?.isWord("endstream") == true { return start + length }
        }
        var lexer = PDFLexer(bytes[...], at: start)
        lexer.skip(past: "endstream")
        return lexer.isAtEnd ? bytes.count : max(start, lexer.at - 9)
    }

    // MARK: - Tables

    private func readSections() {
        let tail = max(0, bytes.count - 2048)
        guard let mark = bytes[tail...].lastRange(of: "startxref") else { return }
        var lexer = PDFLexer(bytes[...], at: mark + 9)
        var next = lexer.next()?.integer
        var seen: Set<Int> = []
        var waiting: [Int] = []
        while let offset = next ?? waiting.popLast(), seen.insert(offset).inserted, seen.count < Self.mostSections {
            guard let section = readSection(at: offset) else { return }
            trailer.merge(section) { first, _ in first }
            if let other = section["XRefStm"]?.integer { waiting.append(other) }
            next = section["Prev"]?.integer
        }
    }

    /// Returns what the section's trailer says; entries that are known already are newer.
    private func readSection(at offset: Int) -> [String: PDFValue]? {
        guard offset >= 0, offset < bytes.count else { return nil }
        var lexer = PDFLexer(bytes[...], at: offset)
        guard lexer.next()?.isWord("xref") == true else { return readStream(at: offset) }
        while let value = lexer.next() {
            if value.isWord("trailer") { return lexer.next()?.dictionary }
            guard let first = value.integer, let count = lexer.next()?.integer, count >= 0 else { return nil }
            for index in 0..<min(count, Self.mostObjects) {
                guard let offset = lexer.next()?.integer, lexer.next()?.integer != nil, let kind = lexer.next() else { return nil }
                if kind.isWord("n"), places[first + index] == nil { places[first + index] = .at(offset) }
            }
        }
        return nil
    }

    private func readStream(at offset: Int) -> [String: PDFValue]? {
        guard let stream = object(at: offset)?.value, let dictionary = stream.dictionary, dictionary["W"] != nil,
            let data = content(of: stream), let widths = resolved(dictionary["W"]).array?.compactMap(\.integer), widths.count >= 3,
            widths.allSatisfy({ (0...8).contains($0) })
        else { return nil }
        let step = widths.reduce(0, +)
        let size = resolved(dictionary["Size"]).integer ?? 0
        let index = resolved(dictionary["Index"]).array?.compactMap(\.integer) ?? [0, size]
        var at = 0
        for pair in stride(from: 0, to: index.count - 1, by: 2) {
            for number in index[pair]..<max(index[pair], min(index[pair] + index[pair + 1], Self.mostObjects)) {
                guard step > 0, at + step <= data.count else { return dictionary }
                var field = at
                func read(_ width: Int) -> Int {
                    defer { field += width }
                    return data[field..<field + width].reduce(0) { $0 &<< 8 | Int($1) }
                }
                let kind = widths[0] == 0 ? 1 : read(widths[0])
                let (second, third) = (read(widths[1]), read(widths[2]))
                at += step
                guard places[number] == nil else { continue }
                if kind == 1 { places[number] = .at(second) }
                if kind == 2 { places[number] = .packed(in: second, index: third) }
            }
        }
        return dictionary
    }

    /// Finds every `7 0 obj` of a file whose tables are broken; of several of one number the last holds.
    private func lookThrough() {
        var at = 0
        while let found = bytes[at...].firstRange(of: " obj") {
            at = found + 4
            var start = found
            // Back over the generation and the number.
            for _ in 0..<2 {
                while start > 0, bytes[start - 1] <= 32 { start -= 1 }
                while start > 0, (48...57).contains(bytes[start - 1]) { start -= 1 }
            }
            guard let (number, value) = object(at: start), number < Self.mostObjects else { continue }
            places[number] = .at(start)
            guard let dictionary = value.dictionary else { continue }
            switch dictionary["Type"]?.name {
            case "Catalog": trailer["Root"] = .reference(number)
            case "XRef": trailer.merge(dictionary) { first, _ in first }
            case "ObjStm":
                for (index, member) in unpacked(number).enumerated() where places[member.number] == nil {
                    places[member.number] = .packed(in: number, index: index)
                    if member.value.dictionary?["Type"]?.name == "Catalog" { trailer["Root"] = .reference(member.number) }
                }
            default: break
            }
        }
        if let mark = bytes.lastRange(of: "trailer") {
            var lexer = PDFLexer(bytes[...], at: mark + 7)
            if let dictionary = lexer.next()?.dictionary { trailer.merge(dictionary) { first, _ in first } }
        }
    }
}

extension RandomAccessCollection<UInt8> where Index == Int {
    /// Where `mark` begins first.
    fileprivate func firstRange(of mark: String) -> Int? {
        let mark = Array(mark.utf8)
        guard count >= mark.count else { return nil }
        return (startIndex...endIndex - mark.count).first { self[$0] == mark[0] && self[$0..<$0 + mark.count].elementsEqual(mark) }
    }

    fileprivate func lastRange(of mark: String) -> Int? {
        let mark = Array(mark.utf8)
        guard count >= mark.count else { return nil }
        return (startIndex...endIndex - mark.count).last { self[$0] == mark[0] && self[$0..<$0 + mark.count].elementsEqual(mark) }
    }
}
