import FoundationEssentials

/// A transcript as a file for other programs.
enum TranscriptExport: String, Sendable, Codable, CaseIterable {
    case txt, srt, vtt, json

    var mediaType: String {
        switch self {
        case .txt: "text/plain; charset=utf-8"
        case .srt: "application/x-subrip; charset=utf-8"
        case .vtt: "text/vtt; charset=utf-8"
        case .json: "application/json"
        }
    }

    /// Letters of a line of a subtitle, of which two are shown at most.
    private static let lineLength = 42

    /// nil for JSON, which the API's own view is.
    func text(of segments: [TranscriptSegment], speakers: [String: String]) -> String? {
        switch self {
        case .json: nil
        case .txt: Self.plain(segments, speakers)
        case .srt:
            Self.captions(of: segments, speakers).enumerated().map { number, caption in
                "\(number + 1)\n\(Self.time(caption.start, ",")) --> \(Self.time(caption.end, ","))\n\(caption.text)\n"
            }.joined(separator: "\n")
        case .vtt:
            "WEBVTT\n\n"
                + Self.captions(of: segments, speakers).map { caption in
                    "\(Self.time(caption.start, ".")) --> \(Self.time(caption.end, "."))\n\(WebVTT.escaped(caption.text))\n"
                }.joined(separator: "\n")
        }
    }

    /// Paragraphs by speakers and pauses.
    private static func plain(_ segments: [TranscriptSegment], _ speakers: [String: String]) -> String {
        var (text, last) = ("", TranscriptSegment?.none)
        for segment in segments {
            let isNew = last == nil || last?.speaker != segment.speaker || segment.start - (last?.end ?? 0) > 2_000
            if isNew {
                if last != nil { text += "\n\n" }
                if let speaker = segment.speaker { text += (speakers[speaker] ?? speaker) + ": " }
            } else {
                text += " "
            }
            text += segment.text
            last = segment
        }
        return text.isEmpty ? "" : text + "\n"
    }

    struct Caption: Equatable {
        var start, end: Int
        var text: String
    }

    /// Two lines at most each, cut between words.
    static func captions(of segments: [TranscriptSegment], _ speakers: [String: String]) -> [Caption] {
        var captions: [Caption] = []
        for segment in segments {
            let words =
                segment.words.isEmpty
                ? [TranscriptSegment.Word(text: segment.text, start: segment.start, end: segment.end)] : segment.words
            var (lines, start, end) = ([String](), segment.start, segment.start)
            if let speaker = segment.speaker { lines = [(speakers[speaker] ?? speaker) + ":"] }
            func flush() {
                if !lines.isEmpty {
                    captions.append(Caption(start: start, end: max(end, start + 1), text: lines.joined(separator: "\n")))
                }
                lines = []
            }
            for word in words {
                if let line = lines.last, line.count + 1 + word.text.count <= lineLength {
                    lines[lines.count - 1] = line + " " + word.text
                } else if lines.count < 2 {
                    lines.append(word.text)
                } else {
                    flush()
                    start = word.start
                    lines = [word.text]
                }
                end = word.end
            }
            end = max(end, segment.end)
            flush()
        }
        return captions
    }

    /// `01:02:03,004`
    static func time(_ milliseconds: Int, _ mark: String) -> String {
        func padded(_ number: Int, _ width: Int) -> String {
            String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
        }
        let seconds = milliseconds / 1000
        return
            "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))\(mark)\(padded(milliseconds % 1000, 3))"
    }
}
