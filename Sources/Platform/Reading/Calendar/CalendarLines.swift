import Manuscript

/// Reads a calendar file (RFC 5545, 3.1): lines are unfolded, taken apart, and put into the components within which they stand.
///
/// What a line means is not looked at here. Properties that no reader of ours uses are dropped, so that a calendar full of attached
/// files and styled descriptions stays small.
enum CalendarLines {
    private static let deepest = 6
    private static let mostComponents = 50_000
    private static let mostProperties = 400_000
    /// Characters of one value.
    private static let longest = 20_000
    /// None of them stands within another.
    private static let separate: Set<String> = ["VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE"]
    private static let used: Set<String> = [
        "BEGIN", "END", "CALSCALE", "CATEGORIES", "COMPLETED", "DESCRIPTION", "DTEND", "DTSTART", "DUE", "DURATION", "EXDATE",
        "LAST-MODIFIED", "LOCATION", "METHOD", "NAME", "RDATE", "RECURRENCE-ID", "RRULE", "EXRULE", "SEQUENCE", "STATUS", "SUMMARY",
        "TRANSP", "TRIGGER", "TZID", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO", "UID", "URL", "VERSION", "X-LIC-LOCATION",
        "X-LM-COMPLETED",
        "X-MICROSOFT-CDO-BUSYSTATUS", "X-WR-CALNAME", "X-WR-TIMEZONE",
    ]

    static func read(_ bytes: [UInt8]) throws(ReadingFault) -> CalendarTree {
        let lines = try lines(of: bytes)
        var open = [CalendarTree(name: "", line: 1)]
        var (components, properties) = (0, 0)
        for line in lines {
            guard let property = property(line) else {
                open[open.count - 1].faults.append(line.number)
                continue
            }
            switch property.name {
            case "BEGIN":
                components += 1
                let name = property.value.uppercased().filter { !$0.isWhitespace }
                // One that was never ended: those that follow do not stand within it.
                if separate.contains(name), let place = open.lastIndex(where: { separate.contains($0.name) }) {
                    while open.count > place { close(&open, isBroken: true) }
                }
                guard open.count <= deepest, components <= mostComponents else { throw .tooLarge }
                open.append(CalendarTree(name: name, line: line.number))
            case "END":
                let name = property.value.uppercased().filter { !$0.isWhitespace }
                guard let place = open.lastIndex(where: { $0.name == name }), place > 0 else {
                    open[open.count - 1].faults.append(line.number)
                    continue
                }
                // What is still open within it was never ended.
                while open.count > place + 1 { close(&open, isBroken: true) }
                close(&open, isBroken: false)
            case _ where used.contains(property.name):
                properties += 1
                guard properties <= mostProperties else { throw .tooLarge }
                open[open.count - 1].properties.append(property)
            default: continue
            }
        }
        while open.count > 1 { close(&open, isBroken: true) }
        let root = open[0]
        guard root.components.contains(where: { $0.name == "VCALENDAR" }) else { throw .damaged }
        return root
    }

    private static func close(_ open: inout [CalendarTree], isBroken: Bool) {
        var ended = open.removeLast()
        if isBroken { ended.faults.append(0) }
        open[open.count - 1].components.append(ended)
    }

    private struct Line {
        var number: Int
        var text: String
    }

    /// Unfolded before they are decoded: a character may be cut by a fold, where the writer counted bytes without looking.
    private static func lines(of bytes: [UInt8]) throws(ReadingFault) -> [Line] {
        var bytes = bytes
        if bytes.contains(0) {
            // Of two bytes a letter.
            guard let charset = Charset.detect(bytes) else { throw .damaged }
            bytes = Array(charset.decode(bytes).utf8)
        }
        let folded = unfolded(bytes)
        guard let charset = Charset.detect(Array(folded.map(\.bytes).joined(separator: [10]))) else { throw .damaged }
        return folded.map { Line(number: $0.number, text: charset.decode($0.bytes)) }
    }

    /// Lines that begin with a space or a tab go on with the one before.
    private static func unfolded(_ bytes: [UInt8]) -> [(number: Int, bytes: [UInt8])] {
        var lines: [(number: Int, bytes: [UInt8])] = []
        var number = 0
        var rest = bytes[...]
        var current: [UInt8] = []
        var start = 0
        func keep() { if !current.isEmpty { lines.append((start, current)) } }
        while !rest.isEmpty {
            let end = rest.firstIndex { $0 == 10 || $0 == 13 } ?? rest.endIndex
            let line = rest[rest.startIndex..<end]
            var next = end
            if next < rest.endIndex {
                let isReturn = rest[next] == 13
                next += 1
                if isReturn, next < rest.endIndex, rest[next] == 10 { next += 1 }
            }
            rest = rest[next...]
            number += 1
            if let first = line.first, first == 32 || first == 9, !current.isEmpty {
                if current.count < longest * 4 { current += line.dropFirst() }
            } else if !line.isEmpty {
                keep()
                (current, start) = (Array(line), number)
            }
        }
        keep()
        return lines
    }

    /// nil where it is none: `name *(";" param) ":" value`.
    private static func property(_ line: Line) -> CalendarTree.Property? {
        let bytes = Array(line.text.utf8)
        var at = 0
        func word() -> String {
            let start = at
            while at < bytes.count, isName(bytes[at]) { at += 1 }
            return String(decoding: bytes[start..<at], as: UTF8.self).uppercased()
        }
        let name = word()
        guard !name.isEmpty else { return nil }
        var parameters: [String] = []
        while at < bytes.count, bytes[at] == UInt8(ascii: ";") {
            at += 1
            let key = word()
            guard !key.isEmpty, at < bytes.count, bytes[at] == UInt8(ascii: "=") else { return nil }
            at += 1
            var value: [UInt8] = []
            var isQuoted = false
            while at < bytes.count, isQuoted || (bytes[at] != UInt8(ascii: ";") && bytes[at] != UInt8(ascii: ":")) {
                if bytes[at] == UInt8(ascii: "\"") { isQuoted.toggle() } else { value.append(bytes[at]) }
                at += 1
            }
            if parameters.count < 40 { parameters += [key, String(decoding: value.prefix(1000), as: UTF8.self)] }
        }
        guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else { return nil }
        let value = String(String(decoding: bytes[(at + 1)...], as: UTF8.self).prefix(longest))
        return .init(name: name, line: line.number, parameters: parameters, value: value)
    }

    private static func isName(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
    }
}
