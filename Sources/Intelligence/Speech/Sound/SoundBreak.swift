/// Where the sound of a damaged file breaks off, and goes on with what comes later.
package struct SoundBreak: Sendable, Equatable {
    /// Milliseconds of the sound that can be read before it.
    package let position: Int
    /// Milliseconds that are missing by the times in the file: a player leaves so much out.
    package let length: Int
    /// Milliseconds that are missing by the bytes that cannot be read, in a file without times: a player goes on at once.
    package let unseen: Int

    package init(position: Int, length: Int, unseen: Int) { (self.position, self.length, self.unseen) = (position, length, unseen) }
}

/// Finds breaks in what ffprobe says of the frames of a file, a line each, as it comes.
struct FrameScan {
    /// Seconds; a browser's own times jump by less.
    private static let least = 0.3

    private(set) var breaks: [SoundBreak] = []
    private let hasTimes: Bool
    private var rest: [UInt8] = []
    /// Seconds at which the next frame is to begin, and those that were left out so far.
    private var next: Double?
    private var start = 0.0
    private var missing = 0.0
    /// The byte at which it is to begin; bytes and seconds of all before.
    private var place: Int?
    private var (bytes, seconds) = (0, 0.0)

    /// - Parameter hasTimes: false for a stream of frames, whose times are only their lengths added up.
    init(hasTimes: Bool) { self.hasTimes = hasTimes }

    mutating func take(_ part: [UInt8]) {
        rest += part
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            line(rest[..<end])
            rest.removeSubrange(...end)
        }
    }

    private mutating func line(_ line: ArraySlice<UInt8>) {
        var values: [Substring: Substring] = [:]
        let text = String(decoding: line, as: UTF8.self)
        for field in text.split(separator: "|") {
            let parts = field.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { values[parts[0]] = parts[1] }
        }
        guard let time = values["pts_time"].flatMap({ Double($0) }), time.isFinite else { return }
        let duration = (values["duration_time"] ?? values["pkt_duration_time"]).flatMap { Double($0) } ?? 0
        let (at, size) = (values["pkt_pos"].flatMap { Int($0) }, values["pkt_size"].flatMap { Int($0) } ?? 0)
        if let next {
            let gap = time - next
            if hasTimes, gap > Self.least {
                breaks.append(SoundBreak(position: Int((next - start - missing) * 1000), length: Int(gap * 1000), unseen: 0))
            }
            if gap > 0 { missing += gap > Self.least || !hasTimes ? gap : 0 }
            // Bytes that are no frame: so much sound as they would be.
            if !hasTimes, let at, let place, at > place, bytes > 0 {
                let unseen = Double(at - place) / Double(bytes) * seconds
                if unseen > Self.least {
                    breaks.append(SoundBreak(position: Int(seconds * 1000), length: 0, unseen: Int(unseen * 1000)))
                }
            }
        } else {
            start = time
        }
        next = time + max(0, duration)
        place = at.map { $0 + size }
        bytes += size
        seconds += max(0, duration)
    }
}
