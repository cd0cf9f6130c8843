import Manuscript

/// Subtitles, SubRip and WebVTT: what is said, put together to sentences, each with the time at which it begins.
enum SubtitlesReader {
    /// Seconds of silence that part what is said into paragraphs, and the most that one holds.
    private static let pause = 4.0
    private static let longest = 30.0

    private struct Cue {
        var start: Double
        var end: Double
        /// Who speaks, where the file says so.
        var voice: String?
        var text: String
    }

    static func read(_ bytes: [UInt8]) throws(ReadingFault) -> Manuscript {
        guard let charset = Charset.detect(bytes) else { throw .damaged }
        let cues = cues(of: charset.decode(bytes).normalisedLineEnds)
        guard !cues.isEmpty else { throw .damaged }
        let builder = ManuscriptBuilder()
        var open: Cue?
        func close() {
            guard let cue = open else { return }
            builder.add(.text, "[\(time(cue.start))] \(cue.voice.map { $0 + ": " } ?? "")\(cue.text)")
            open = nil
        }
        for cue in cues {
            if let before = open {
                let ends = before.text.last.map { ".!?…。！？".contains($0) || "\"”’".contains($0) } ?? false
                let isSpeaker = cue.text.hasPrefix("- ") || cue.text.hasPrefix("– ") || cue.text.first == "["
                if cue.start - before.end > pause || ends && cue.end - before.start > longest / 2
                    || cue.end - before.start > longest || isSpeaker || cue.voice != nil && cue.voice != before.voice
                {
                    close()
                }
            }
            if var before = open {
                // Rolling captions say the last line again.
                let fresh = Self.fresh(cue, after: before)
                if !before.text.hasSuffix(fresh) {
                    before.text += (LineBreaks.isCJK(before.text.last) ? "" : " ") + fresh
                }
                before.end = cue.end
                open = before
            } else {
                open = cue
            }
        }
        close()
        var manuscript = builder.manuscript()
        manuscript.charset = charset.label
        return manuscript
    }

    /// What a cue says that the ones before have not: lines that roll up are said again with the next.
    private static func fresh(_ cue: Cue, after before: Cue) -> String {
        if cue.text.hasPrefix(before.text) { return String(cue.text.dropFirst(before.text.count)).trimmingSpaces() }
        guard cue.start - before.end < 0.2 else { return cue.text }
        let (told, words) = (before.text.split(separator: " "), cue.text.split(separator: " "))
        for count in stride(from: min(told.count, words.count), through: 2, by: -1) where told.suffix(count) == words.prefix(count)
        {
            return words.dropFirst(count).joined(separator: " ")
        }
        return cue.text
    }

    private static func cues(of text: String) -> [Cue] {
        var cues: [Cue] = []
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        while let line = lines.popFirst() {
            guard let arrow = line.firstRange(of: "-->"), let start = seconds(line[..<arrow.lowerBound]),
                let end = seconds(line[arrow.upperBound...].trimmingSpaces().prefix { !$0.isWhitespace })
            else { continue }
            var words: [String] = []
            var voice: String?
            while let next = lines.first, !next.allSatisfy(\.isWhitespace), !next.contains("-->") {
                lines.removeFirst()
                words.append(plain(next, &voice))
            }
            // A number before the next cue's time is its name.
            if lines.first?.contains("-->") == true, let last = words.last, last.allSatisfy(\.isNumber) { words.removeLast() }
            let said = words.filter { !$0.isEmpty }.joined(separator: " ").singleLine
            if !said.isEmpty { cues.append(Cue(start: start, end: end, voice: voice, text: said)) }
        }
        return cues
    }

    /// `01:02:03,450` or `02:03.450`.
    private static func seconds(_ text: some StringProtocol) -> Double? {
        let parts = text.trimmingSpaces().replacing(",", with: ".").split(separator: ":")
        guard (2...3).contains(parts.count) else { return nil }
        var sum = 0.0
        for part in parts {
            guard let value = Double(part), value >= 0, value < 1_000_000 else { return nil }
            sum = sum * 60 + value
        }
        return sum
    }

    /// Without tags and positions.
    private static func plain(_ line: Substring, _ voice: inout String?) -> String {
        var out = ""
        var rest = line
        while let open = rest.firstIndex(where: { $0 == "<" || $0 == "{" }) {
            out += rest[..<open]
            let isTag = rest[open] == "<"
            guard let close = rest[open...].firstIndex(of: isTag ? ">" : "}") else {
                out += rest[open...]
                rest = ""
                break
            }
            let inner = rest[rest.index(after: open)..<close]
            if isTag, inner.hasPrefix("v ") || inner.hasPrefix("v.") {
                let name = inner.drop { !$0.isWhitespace }.trimmingSpaces()
                if voice == nil, !name.isEmpty { voice = name } else if name != voice { out += "\(name): " }
            }
            if !isTag, !inner.hasPrefix("\\") { out += rest[open...close] }
            rest = rest[rest.index(after: close)...]
        }
        out += rest
        for (name, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&lrm;", ""), ("&rlm;", ""), ("&amp;", "&")] {
            out = out.replacing(name, with: sign)
        }
        return out.trimmingSpaces()
    }

    static func time(_ seconds: Double) -> String {
        let whole = Int(seconds)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (hours, minutes) = (whole / 3600, whole / 60 % 60)
        return hours > 0 ? "\(hours):\(two(minutes)):\(two(whole % 60))" : "\(minutes):\(two(whole % 60))"
    }
}
