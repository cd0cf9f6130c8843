import Cryptography
import FoundationEssentials
import Glibc
import Synchronization
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

    @Test("Who follows the file takes up what another process puts there: a name at once, what signs within a second")
    func following() async throws {
        try await withFolder { folder in
            let path = folder + "/signing.key"
            // Two processes, and one that rotates.
            let time = Mutex(ContinuousClock.now)
            let clock: @Sendable () -> ContinuousClock.Instant = { time.withLock { $0 } }
            let (one, two) = (
                try SigningKeyRing.following(path: path, now: clock), try SigningKeyRing.following(path: path, now: clock)
            )
            let (issuing, checking) = (AccessTokens(keys: one), AccessTokens(keys: two))
            let now = Date(timeIntervalSince1970: 1_800_000_000)
            func issue() throws -> String { try issuing.issue(subject: "a", role: "student", session: "s", id: "t", at: now) }
            let before = try issue()
            _ = try checking.verify(before, at: now)
            let rotated = try SigningKeyRing.load(path: path).rotated()
            try rotated.save(path: path)
            time.withLock { $0 += .milliseconds(900) }
            #expect(try ForeignToken(issue())?.keyID != rotated.current.id)
            _ = two.current
            time.withLock { $0 += .milliseconds(100) }
            #expect(one.current == rotated.current)
            // The other has not looked by itself: it does when it meets the name.
            let after = try issue()
            #expect(try checking.verify(after, at: now).subject == "a")
            #expect(try checking.verify(before, at: now).subject == "a")
            #expect(two.current == rotated.current)
            // A file that cannot be read, or is gone, takes nothing away.
            chmod(path, 0o644)
            time.withLock { $0 += .seconds(2) }
            #expect(one.current == rotated.current)
            unlink(path)
            #expect(try checking.verify(before, at: now).subject == "a")
            #expect(one.key("made up") == nil)
        }
    }

    @Test("A ring that is given as text is the file's, with commas")
    func given() throws {
        let (first, second) = (SigningKey.random(), SigningKey.random())
        let text = [first, second].map { "\($0.id) \(Base64URL.encode($0.secret))" }.joined(separator: ",")
        let ring = try #require(SigningKeyRing(text: text))
        #expect(ring.current == first && ring.key(second.id) == second)
        for text in ["", ",", "a", "a AAAA", "a \(Base64URL.encode(first.secret)) b"] { #expect(SigningKeyRing(text: text) == nil) }
    }

    @Test("Former keys stay for a while, and do not gather")
    func formerKeys() throws {
        var ring = SigningKeyRing(current: .random())
        let first = ring.current.id
        for _ in 0..<3 { ring = ring.rotated() }
        #expect(ring.key(first) != nil)
        #expect(ring.rotated().key(first) == nil)
    }
}
