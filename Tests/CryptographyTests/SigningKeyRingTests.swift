import Cryptography
import FoundationEssentials
import Glibc
import Testing

@Suite("The signing key file", .timeLimit(.minutes(3)))
struct SigningKeyRingTests {
    private func withFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.path + "/keys-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
    }

    @Test("It is made on first use, for its owner only, and read again")
    func firstUse() async throws {
        try await withFolder { folder in
            let path = folder + "/signing.key"
            let made = try SigningKeyRing.load(path: path)
            #expect(made.current.secret.count == 32)
            var status = stat()
            #expect(stat(path, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
            #expect(try SigningKeyRing.load(path: path).current == made.current)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["signing.key"])
        }
    }

    @Test("Processes that start together end with one key")
    func race() async throws {
        try await withFolder { folder in
            let path = folder + "/signing.key"
            let keys = try await withThrowingTaskGroup(of: SigningKey.self) { group in
                for _ in 0..<16 { group.addTask { try SigningKeyRing.load(path: path).current } }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(keys.count == 1)
        }
    }

    @Test("A rotated ring keeps the former key after the new one")
    func rotation() async throws {
        try await withFolder { folder in
            let path = folder + "/signing.key"
            let first = try SigningKeyRing.load(path: path)
            let rotated = first.rotated()
            try rotated.save(path: path)
            let read = try SigningKeyRing.load(path: path)
            #expect(read.current == rotated.current)
            #expect(read.key(first.current.id) == first.current)
        }
    }

    @Test("A file that others can read, or that is damaged, is refused")
    func refused() async throws {
        try await withFolder { folder in
            let path = folder + "/signing.key"
            _ = try SigningKeyRing.load(path: path)
            chmod(path, 0o644)
            #expect(throws: CryptographyFailure.self) { try SigningKeyRing.load(path: path) }
            for text in ["", "k1", "k1 short", "k1 \(String(repeating: "=", count: 43))"] {
                try Data(text.utf8).write(to: URL(filePath: path))
                chmod(path, 0o600)
                #expect(throws: CryptographyFailure.self, "\(text)") { try SigningKeyRing.load(path: path) }
            }
        }
    }
}
