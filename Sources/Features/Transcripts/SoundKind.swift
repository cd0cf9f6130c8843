/// What kind of recording a file is, told from its first bytes.
enum SoundKind {
    static let sampleSize = 16

    /// The media type; nil for what is none that can be read.
    static func mediaType(of head: some Collection<UInt8>) -> String? {
        let head = Array(head.prefix(sampleSize))
        func has(_ text: String, at place: Int = 0) -> Bool { head.dropFirst(place).starts(with: text.utf8) }
        if has("RIFF"), has("WAVE", at: 8) { return "audio/wav" }
        if has("fLaC") { return "audio/flac" }
        if has("OggS") { return "audio/ogg" }
        if has("ID3") { return "audio/mpeg" }
        if head.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) { return "video/webm" }
        if has("ftyp", at: 4) { return has("M4A", at: 8) || has("M4B", at: 8) ? "audio/mp4" : "video/mp4" }
        // A frame of MPEG audio, or of ADTS.
        if head.count > 3, head[0] == 0xFF, head[1] & 0xE0 == 0xE0 { return head[1] & 0x06 == 0 ? "audio/aac" : "audio/mpeg" }
        if has("FORM"), has("AIFF", at: 8) || has("AIFC", at: 8) { return "audio/aiff" }
        if has("#!AMR") { return "audio/amr" }
        return nil
    }
}
