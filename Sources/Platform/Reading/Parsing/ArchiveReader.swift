import Manuscript

/// The files in a zip: each one's name and content, for those that may be documents.
enum ArchiveReader {
    private static let mostFiles = 500

    /// Line by line: how many bytes the name has, how many the content, both after it.
    static func members(of bytes: [UInt8]) throws(ReadingFault) -> [UInt8] {
        // What all of them unpack to must fit into what the sandbox lets out.
        let archive = try Archive(bytes, allowance: 240 << 20)
        var out: [UInt8] = []
        var files = 0
        for member in archive.members where !member.name.hasSuffix("/") && !isForPrograms(member.name) {
            files += 1
            if files > mostFiles { throw .tooLarge }
            let content = try archive.content(member)
            let name = Array(member.name.utf8.prefix(1000))
            out += "\(name.count) \(content.count)\n".utf8
            out += name
            out += content
        }
        return out
    }

    /// What systems and editors leave in folders.
    private static func isForPrograms(_ path: String) -> Bool {
        path.split(separator: "/").contains { $0.hasPrefix(".") || $0 == "__MACOSX" || $0 == "Thumbs.db" || $0 == "desktop.ini" }
    }
}
