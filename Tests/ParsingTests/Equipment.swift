import FoundationEssentials
import Glibc

@testable import Parsing

/// The parser's model, as `make setup` leaves it.
enum Equipment {
    struct MissingModel: Error, CustomStringConvertible {
        var description: String { "the parser's model is not installed: run `make setup`" }
    }

    static func folder() throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let path =
            getenv("LM_MODEL_DIR").map { String(cString: $0) + "/../english-parser" }
            ?? root.appending(path: ".models/english-parser").path
        guard access("\(path)/parser/model", R_OK) == 0 else { throw MissingModel() }
        return path
    }

    private static let loaded = Result { try EnglishParser(folder: folder()) }

    /// One for all tests: it is immutable.
    static func parser() throws -> EnglishParser { try loaded.get() }
}
