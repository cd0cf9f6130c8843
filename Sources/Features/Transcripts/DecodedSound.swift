import BlobStorage
import Concurrency
import FoundationEssentials
import Speech

/// The sound of a file as samples, in a file that goes away with this.
///
/// A damaged file is read as far as it can be. Where its times tell that something is missing there is silence as long, so that what
/// comes behind is where a player has it.
final class DecodedSound: Sendable {
    let sound: SampleFile
    /// Milliseconds that the file says it has; nil where it says nothing.
    let announced: Int?
    /// What of it cannot be read, in order.
    let gaps: [Transcript.Gap]
    let path: String

    /// - Parameter isMended: damage is looked for; a piece out of a longer file is taken as it is.
    init(_ source: String, by tool: AudioTool, atMost seconds: Int, isMended: Bool = false) async throws {
        let target = FileManager.default.temporaryDirectory.path + "/lm-sound-\(UUID().uuidString.lowercased())"
        var files = [target]
        do {
            let writer = try await BlockingPool.shared.run { try SoundWriter(target) }
            let complaint = try await tool.decode(source, atMost: seconds) { writer.write($0) }
            try await BlockingPool.shared.run { try writer.finish() }
            let announced = await tool.announced(source)
            let decoded = writer.size / 2 * 1000 / SampleFile.rate
            var breaks: [SoundBreak] = []
            if isMended, !complaint.isEmpty || (announced ?? 0) > decoded + 500 {
                let head = await BlockingPool.shared.run { FileHead.read(source) }
                breaks = await tool.breaks(in: source, hasTimes: SoundKind.mediaType(of: head) != "audio/mpeg")
                // Times that are damaged themselves are not believed.
                let whole = decoded + breaks.reduce(0) { $0 + $1.length }
                if whole > min(announced.map { $0 + 2_000 } ?? .max, seconds * 1000) { breaks = [] }
            }
            if breaks.contains(where: { $0.length > 0 }) {
                let mended = target + "-mended"
                files.append(mended)
                try await Self.fill(target, breaks, into: mended)
                path = mended
            } else {
                path = target
            }
            sound = try await BlockingPool.shared.run { [path] in try SampleFile(path: path) }
            self.announced = announced
            gaps = Self.gaps(breaks, milliseconds: sound.milliseconds, announced: announced)
            if path != target { try? FileManager.default.removeItem(atPath: target) }
        } catch {
            for file in files { try? FileManager.default.removeItem(atPath: file) }
            throw error
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    private static func gaps(_ breaks: [SoundBreak], milliseconds: Int, announced: Int?) -> [Transcript.Gap] {
        var (gaps, filled, unseen) = ([Transcript.Gap](), 0, 0)
        for one in breaks {
            let start = one.position + filled
            gaps.append(.init(start: start, end: start + one.length, reason: .lost))
            filled += one.length
            unseen += one.unseen
        }
        // A file that breaks off gives less than it announces.
        if let announced, announced > milliseconds + unseen + 2_000 {
            gaps.append(.init(start: milliseconds, end: announced, reason: .lost))
        }
        return gaps
    }

    /// Copies samples, with silence where something is missing.
    private static func fill(_ source: String, _ breaks: [SoundBreak], into target: String) async throws {
        let writer = try await BlockingPool.shared.run { try SoundWriter(target) }
        var (left, offset) = (breaks[...], 0)
        for try await part in FileParts(path: source) {
            var rest = part[...]
            while let next = left.first, next.position * bytesPerMillisecond < offset + rest.count {
                let here = rest.prefix(max(0, next.position * bytesPerMillisecond - offset))
                rest = rest.dropFirst(here.count)
                offset += here.count
                left = left.dropFirst()
                await BlockingPool.shared.run { [here = Array(here)] in
                    writer.write(here)
                    for _ in 0..<next.length { writer.write([UInt8](repeating: 0, count: bytesPerMillisecond)) }
                }
            }
            offset += rest.count
            await BlockingPool.shared.run { [rest = Array(rest)] in writer.write(rest) }
        }
        try await BlockingPool.shared.run { try writer.finish() }
    }

    private static let bytesPerMillisecond = SampleFile.rate / 1000 * 2
}
