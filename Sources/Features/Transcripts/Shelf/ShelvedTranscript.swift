/// A transcript as the library reads it: WebVTT with a cue a segment and the names of who speaks.
enum ShelvedTranscript {
    static func subtitles(of segments: [TranscriptSegment], speakers: [String: String]) -> String {
        var text = "WEBVTT\n"
        for segment in segments {
            let voice = segment.speaker.map { "<v \(plain(speakers[$0] ?? $0))>" } ?? ""
            let said = plain(segment.text)
            text +=
                "\n\(TranscriptExport.time(segment.start, ".")) --> \(TranscriptExport.time(max(segment.end, segment.start + 1), "."))\n\(voice)\(said)\n"
        }
        return text
    }

    /// On one line, and without what WebVTT reads otherwise.
    private static func plain(_ text: String) -> String {
        WebVTT.escaped(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }
}
