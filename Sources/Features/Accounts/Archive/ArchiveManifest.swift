import FoundationEssentials

/// What an archive says of itself: the last of its members.
struct ArchiveManifest: Codable, Sendable {
    struct File: Codable, Sendable {
        let path: String
        let size: Int
        let sha256: String
    }

    static let form = "little-monster-account"
    /// 2 has the rows; an archive of 1 is for reading alone.
    static let latest = 2

    var format = Self.form
    let version: Int
    let account: String
    let madeAt: Date
    var files: [File] = []
    /// What should be there, and was not in the store.
    var missing: [String] = []

    enum CodingKeys: String, CodingKey {
        case format, version, account, files, missing
        case madeAt = "made_at"
    }
}
