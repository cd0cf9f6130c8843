import Manuscript

/// Reads what a PDF says beside its text.
enum PDFFrameReader {
    private static let mostPages = 10_000

    /// - Parameter wanted: numbers of pages, from 1, whose drawings are looked for.
    static func read(_ bytes: [UInt8], wanted: Set<Int>) throws(ReadingFault) -> PDFFrame {
        guard let file = PDFFile(bytes) else { throw .damaged }
        var frame = PDFFrame()
        frame.labels = labels(file)
        frame.language = file.resolved(file.catalog["Lang"]).bytes.map(text).flatMap { $0.isEmpty ? nil : $0.singleLine }
        if let data = file.content(of: file.resolved(file.catalog["Metadata"])), data.count < 4 << 20,
            let root = try? MarkupParser.xml(data)
        {
            PDFDescription.read(root, into: &frame)
        }
        if !wanted.isEmpty {
            for (index, page) in pages(file).enumerated() where wanted.contains(index + 1) {
                if let sheet = PDFSheet(page, in: file) { frame.pages.append(sheet.page(index + 1)) }
            }
        }
        return frame
    }

    /// The pages' dictionaries in order, with what they inherit.
    private static func pages(_ file: PDFFile) -> [[String: PDFValue]] {
        var pages: [[String: PDFValue]] = []
        var seen: Set<Int> = []
        var open: [(node: PDFValue, inherited: [String: PDFValue])] = [(file.catalog["Pages"] ?? .null, [:])]
        while let (node, inherited) = open.popLast(), pages.count < mostPages {
            if case .reference(let number) = node, !seen.insert(number).inserted { continue }
            guard let dictionary = file.resolved(node).dictionary else { continue }
            var own = inherited
            for key in ["MediaBox", "CropBox", "Rotate", "Resources"] { if let value = dictionary[key] { own[key] = value } }
            if let kids = file.resolved(dictionary["Kids"]).array {
                open += kids.reversed().map { ($0, own) }
            } else {
                pages.append(dictionary.merging(own) { first, _ in first })
            }
        }
        return pages
    }

    private static func labels(_ file: PDFFile) -> [PDFFrame.Label] {
        var labels: [PDFFrame.Label] = []
        var open = [file.catalog["PageLabels"] ?? .null]
        var visits = 0
        while let node = open.popLast(), visits < 1_000 {
            visits += 1
            guard let dictionary = file.resolved(node).dictionary else { continue }
            if let kids = file.resolved(dictionary["Kids"]).array { open += kids.reversed() }
            let numbers = file.resolved(dictionary["Nums"]).array ?? []
            for index in stride(from: 0, to: numbers.count - 1, by: 2) {
                guard let first = file.resolved(numbers[index]).integer, (0..<mostPages).contains(first),
                    let label = file.resolved(numbers[index + 1]).dictionary
                else { continue }
                labels.append(
                    PDFFrame.Label(
                        page: first + 1, prefix: String(text(file.resolved(label["P"]).bytes ?? []).singleLine.prefix(20)),
                        style: file.resolved(label["S"]).name, start: max(1, file.resolved(label["St"]).integer ?? 1)))
            }
        }
        return labels.sorted { $0.page < $1.page }
    }

    /// A string for people: in UTF-16 or UTF-8 where it says so, else in a code much like Latin-1 (7.9.2.2).
    private static func text(_ bytes: [UInt8]) -> String {
        if bytes.starts(with: [0xFE, 0xFF]) { return Charset("UTF-16BE").decode(Array(bytes.dropFirst(2))) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return String(decoding: bytes.dropFirst(3), as: UTF8.self) }
        return Charset("CP1252").decode(bytes)
    }
}

/// What a PDF's XMP packet says of it (ISO 16684-1): Dublin Core, and the publishers' fields.
private enum PDFDescription {
    static func read(_ root: Node, into frame: inout PDFFrame) {
        root.visit { node in
            // Short forms stand in attributes.
            if node.name.hasSuffix("Description") {
                for name in ["doi", "CreateDate"] { if let value = node[name] { put(name, [value], into: &frame) } }
            }
            let items = node.deepAll("li").map { $0.text.singleLine }.filter { !$0.isEmpty }
            put(node.name, items.isEmpty ? [node.text.singleLine] : items, into: &frame)
            return true
        }
    }

    private static func put(_ name: String, _ values: [String], into frame: inout PDFFrame) {
        guard let first = values.first, !first.isEmpty else { return }
        switch name.split(separator: ":").last {
        case "title" where name.hasPrefix("dc:"): frame.title = frame.title ?? first
        case "creator" where name.hasPrefix("dc:"): if frame.authors.isEmpty { frame.authors = values }
        case "language" where name.hasPrefix("dc:"): frame.language = frame.language ?? first
        case "date" where name.hasPrefix("dc:"), "publicationDate", "coverDate", "coverDisplayDate":
            frame.date = frame.date ?? first
        case "doi", "DOI": frame.doi = frame.doi ?? first
        case "identifier" where first.lowercased().hasPrefix("doi:") || first.contains("doi.org/"): frame.doi = frame.doi ?? first
        default: break
        }
    }
}
