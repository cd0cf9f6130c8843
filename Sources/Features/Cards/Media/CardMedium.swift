import Ambient
import FoundationEssentials
import Glibc

/// A picture or sound that cards show: a file of its own name, which their sides say as `<img src="heart.png">`, `![](heart.png)` or
/// `[sound:heart.mp3]`.
struct CardMedium: Sendable, Equatable {
    /// Bytes of one.
    static let limit = 64 << 20
    /// Scalars of a name.
    static let longestName = 200

    let userID: UserID
    let name: String
    let sha256: String
    let size: Int
    let mediaType: String

    /// The name without what a path, a tag or an address would make of it; nil where nothing is left.
    static func name(_ name: String) -> String? {
        let file = name.split { $0 == "/" || $0 == "\\" }.last ?? ""
        let kept = file.filter { !"\"'<>?#%&[]()|*:".contains($0) && !$0.isNewline && $0 != "\u{0}" && !$0.isControl }
        let short = kept.count > 120 ? String(kept.suffix(120)) : String(kept)
        let trimmed = short.trimmedOfSpace
        return trimmed.isEmpty || trimmed.allSatisfy { $0 == "." } ? nil : trimmed
    }

    /// The same name for other content: `heart-1a2b3c4d.png`.
    static func name(_ name: String, of sha256: String) -> String {
        let end = name.lastIndex(of: ".") ?? name.endIndex
        return "\(name[..<end])-\(sha256.prefix(8))\(name[end...])"
    }
}

extension Character {
    fileprivate var isControl: Bool { unicodeScalars.contains { $0.value < 32 || $0.value == 127 } }
}

/// What a file is by how it begins, whatever its name says.
enum MediumKind {
    /// The first bytes of a file; none if it cannot be read. Blocks.
    static func head(ofFileAt path: String) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        return [UInt8](unsafeUninitializedCapacity: 4096) { room, count in count = max(0, read(descriptor, room.baseAddress, 4096))
        }
    }

    /// nil for what is neither a picture nor a sound that browsers know.
    static func mediaType(of head: [UInt8]) -> String? {
        func has(_ text: String, at offset: Int = 0) -> Bool { head.dropFirst(offset).starts(with: text.utf8) }
        if head.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
        if head.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if has("GIF8") { return "image/gif" }
        if has("RIFF"), has("WEBP", at: 8) { return "image/webp" }
        if has("RIFF"), has("WAVE", at: 8) { return "audio/wav" }
        if has("ftypavif", at: 4) { return "image/avif" }
        if has("ftypM4A", at: 4) { return "audio/mp4" }
        if has("ftyp", at: 4) { return "video/mp4" }
        if has("OggS") { return "audio/ogg" }
        if has("fLaC") { return "audio/flac" }
        if has("ID3") || (head.count > 1 && head[0] == 0xFF && head[1] & 0xE6 == 0xE2) { return "audio/mpeg" }
        if head.count > 1, head[0] == 0xFF, head[1] & 0xF6 == 0xF0 { return "audio/aac" }
        if head.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) { return "video/webm" }
        let text = String(decoding: head.prefix(1024), as: UTF8.self)
        if text.trimmedOfSpace.hasPrefix("<"), text.contains("<svg") { return "image/svg+xml" }
        return nil
    }
}
