import Accounts
import Ambient
@testable import App
import Cryptography
import Database
import DatabaseTesting
import FoundationEssentials
import HTTPMessages
import HTTPServingTesting
import JSON
import Packing
import Testing

/// An archive that somebody wrote to do harm, or that was damaged on its way.
@Suite("A hostile archive", .timeLimit(.minutes(4)))
struct HostileArchiveTests {
    /// A zip that says of itself that it is an archive.
    struct Forgery {
        var rows: [String: [String]] = [:]
        var files: [(path: String, bytes: [UInt8])] = []
        var version = 2
        var format = "little-monster-account"
        var hasManifest = true

        func bytes() -> [UInt8] {
            var (zip, out, listed) = (ZipWriter(), [UInt8](), [String]())
            let members = rows.map { ("rows/\($0.key)/0001.jsonl", Array($0.value.joined(separator: "\n").utf8)) } + files
            for (path, bytes) in members {
                out += zip.add(path, bytes, packed: true)
                let digest = Hexadecimal.encode(SHA256.hash(bytes))
                listed.append(#"{"path": "\#(path)", "size": \#(bytes.count), "sha256": "\#(digest)"}"#)
            }
            let manifest = """
                {"format": "\(format)", "version": \(version), "account": "\(Self.id(1))", "made_at": "2026-01-01T00:00:00Z",
                 "files": [\(listed.joined(separator: ", "))], "missing": []}
                """
            if hasManifest { out += zip.add("manifest.json", Array(manifest.utf8)) }
            return out + zip.finish()
        }

        static func id(_ number: Int) -> String {
            let digits = String(number, radix: 16)
            return "01970000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
        }
    }

    private static let now = "2026-01-01T00:00:00.000000Z"

    static func deck(_ id: String, _ name: String = "Deck") -> String {
        #"{"id": "\#(id)", "name": "\#(name)", "course_id": null, "retention": null, "created_at": "\#(now)", "updated_at": "\#(now)"}"#
    }

    static func text(_ id: String, in deck: String, front: String = "Q") -> String {
        #"{"id": "\#(id)", "deck_id": "\#(deck)", "type": "basic", "markup": "markdown", "front": "\#(front)", "back": "A", "tags": "[]", "#
            + #""source": null, "document_id": null, "guid": "\#(id)", "note": null, "created_at": "\#(now)", "updated_at": "\#(now)"}"#
    }

    static func document(_ id: String, sha256: String, mediaType: String = "text/markdown", chunks: String = "1") -> String {
        #"{"id": "\#(id)", "title": "T", "is_title_chosen": false, "filename": "a.md", "media_type": "\#(mediaType)", "charset": null, "#
            + #""size": 3, "sha256": "\#(sha256)", "file": null, "status": "completed", "problem_code": null, "problem_message": null, "#
            + #""is_paged": false, "page_count": 1, "chunk_count": \#(chunks), "revision": 1, "course_id": null, "notes": "[]", "#
            + #""keyword_version": 1, "stages": "[]", "edition_of": null, "edition": null, "version": 1, "version_at": null, "#
            + #""metadata": "{\"authors\":[]}", "page_labels": "[]", "created_at": "\#(now)", "updated_at": "\#(now)"}"#
    }

    private static func kind(_ name: String, of report: JSONValue) -> JSONValue? {
        report["kinds"]?.list.first { $0["name"]?.text == name }
    }

    @Test("What is no archive is refused, and what was cut off fails with a reason", arguments: Dialect.allCases)
    func refused(_ dialect: Dialect) async throws {
        try await Stage.with(dialect) { stage in
            let ann = try await stage.person("ann")
            for bytes in [[], Array("hello".utf8), [UInt8](repeating: 0, count: 100_000)] {
                let answer = try await ann.client.send(
                    .post, "/api/v1/users/me/imports", headers: ["Content-Type": "application/zip"], body: bytes)
                #expect(answer.status == 422, "\(answer.text)")
            }
            _ = try await ann.card()
            let whole = try await AccountImportTests.archive(of: ann)
            var damaged = whole
            // In the rows of the cards.
            let name = Array("rows/card_texts/000001.jsonl".utf8)
            let at = try #require((0..<(whole.count - name.count)).first { whole[$0..<($0 + name.count)].elementsEqual(name) })
            for index in (at + name.count)..<(at + name.count + 40) { damaged[index] ^= 0x55 }
            var noManifest = Forgery()
            noManifest.hasManifest = false
            noManifest.files = [("a.txt", [1, 2, 3])]
            var (old, new, other) = (Forgery(), Forgery(), Forgery())
            (old.version, new.version, other.format) = (1, 9, "something-else")
            let bad: [([UInt8], String)] = [
                (Array(whole.prefix(whole.count / 2)), "damaged"), (Array(whole.dropLast(30)), "damaged"),
                (noManifest.bytes(), "no archive"), (old.bytes(), "older"), (new.bytes(), "newer"), (other.bytes(), "no archive"),
            ]
            for (bytes, word) in bad {
                let report = try await AccountImportTests.taken(bytes, by: ann)
                #expect(report["state"]?.text == "failed")
                #expect(report["problem"]?.text?.contains(word) == true, "\(report)")
            }
            // What is damaged in the middle is told; never is it said that all came in.
            let report = try await AccountImportTests.taken(damaged, by: ann)
            #expect(Self.kind("card_texts", of: report)?["left"]?["unreadable"]?.integer == 1, "\(report)")
            #expect(try await stage.count("cards") == 1)
            #expect(try await stage.count("decks") == 1)
        }
    }

    @Test("What would lead to other people's things is left out", arguments: Dialect.allCases)
    func foreign(_ dialect: Dialect) async throws {
        try await Stage.with(dialect) { stage in
            let ben = try await stage.person("ben")
            let (deck, _, _) = try await ben.card()
            let secret = Array("# Secret\n\nNobody but Ben has this file about the mitochondria of cells.\n".utf8)
            let theirs = try #require(try await ben.bring("secret.md", secret)["id"]?.text)
            let digest = Hexadecimal.encode(SHA256.hash(secret))
            let mallory = try await stage.person("mallory")
            let own = Forgery.id(2)
            var forged = Forgery()
            forged.rows["decks"] = [Self.deck(deck, "Taken over"), Self.deck(own)]
            forged.rows["card_texts"] = [
                Self.text(Forgery.id(3), in: deck), Self.text(Forgery.id(4), in: own), Self.text(Forgery.id(5), in: Forgery.id(99)),
                Self.text(Forgery.id(6), in: own).replacing("\"front\"", with: "\"user_id\": \"\(ben.id)\", \"front\""),
            ]
            forged.rows["documents"] = [Self.document(theirs, sha256: digest)]
            forged.rows["chunks"] = [
                #"{"id": "\#(Forgery.id(7))", "document_id": "\#(theirs)", "ordinal": 99, "text": "mine", "section": null, "page": null, "#
                    + #""sections": "[]", "spans": "[]", "token_count": 1}"#
            ]
            let before = try await AccountImportTests.content(of: ben.id, on: stage)
            let report = try await AccountImportTests.taken(forged.bytes(), by: mallory)
            #expect(report["state"]?.text == "completed", "\(report)")
            #expect(try await AccountImportTests.content(of: ben.id, on: stage) == before)
            // A deck by that name is Mallory's own; Ben's is where it was.
            #expect(try await stage.count("decks", where: "user_id = '\(ben.id)' AND name = 'Taken over'") == 0)
            #expect(try await stage.count("card_texts", where: "user_id = '\(ben.id)'") == 1)
            #expect(Self.kind("card_texts", of: report)?["left"]?["orphaned"]?.integer == 1, "\(report)")
            // To name a file by its content is not to have it.
            #expect(Self.kind("documents", of: report)?["left"]?["file_missing"]?.integer == 1, "\(report)")
            #expect(Self.kind("chunks", of: report)?["left"]?["orphaned"]?.integer == 1, "\(report)")
            #expect(try await stage.count("documents", where: "user_id = '\(mallory.id)'") == 0)
        }
    }

    @Test("What cannot be read is left out row by row, and the rest comes in", arguments: Dialect.allCases)
    func nonsense(_ dialect: Dialect) async throws {
        try await Stage.with(dialect) { stage in
            let ann = try await stage.person("ann")
            let deck = Forgery.id(2)
            var forged = Forgery()
            forged.rows["decks"] = [Self.deck(deck)]
            forged.rows["card_texts"] = [
                Self.text(Forgery.id(3), in: deck), "{", "[]", "null", #"{"id": 7}"#, #"{"id": "../../etc/passwd"}"#,
                Self.text(Forgery.id(4), in: deck).replacing("basic", with: "nonsense"),
                Self.text(Forgery.id(5), in: deck, front: #"\u0000"#),
                Self.text(Forgery.id(6), in: deck).replacing(#""tags": "[]""#, with: #""tags": "{not json""#),
                Self.text(Forgery.id(7), in: deck).replacing(Self.now, with: "9999-99-99T00:00:00Z"),
                Self.text(Forgery.id(8), in: deck).replacing(Self.now, with: "0001-01-01T00:00:00Z"),
                String(repeating: "[", count: 100_000), Self.text(Forgery.id(9), in: deck),
            ]
            let card = { (id: Int, text: Int, stability: String) in
                #"{"id": "\#(Forgery.id(id))", "text_id": "\#(Forgery.id(text))", "deck_id": "\#(deck)", "part": 0, "position": 0, "queue": 2, "#
                    + #""phase": "review", "step": 0, "stability": \#(stability), "difficulty": 5, "due": "\#(Self.now)", "last_review": "\#(Self.now)", "#
                    + #""reps": 1, "lapses": 0, "is_suspended": false, "is_leech": false, "buried_until": null, "buried_by": null, "shown_from": "\#(Self.now)"}"#
            }
            forged.rows["cards"] = [card(20, 3, "12.5"), card(21, 9, "1e308"), card(22, 9, "-4"), card(23, 9, "null")]
            forged.rows["users"] = [#"{"id": "\#(ann.id)", "role": "administrator"}"#]
            forged.rows["passkeys"] = [#"{"id": "p"}"#]
            forged.rows["no_such; DROP TABLE users"] = ["{}"]
            forged.rows["companion_pictures"] = ["{}"]
            forged.files = [
                ("../../../../tmp/lm-escaped", [1, 2, 3]), ("/etc/lm-escaped", [1]), ("rows/../x", [1]),
                ("account.json", Array("{".utf8)),
                // Some hundred kilobytes that would be a hundred megabytes.
                ("rows/notes/0001.jsonl", [UInt8](repeating: 0x20, count: 100 << 20)),
            ]
            let report = try await AccountImportTests.taken(forged.bytes(), by: ann)
            #expect(report["state"]?.text == "completed", "\(report)")
            let texts = Self.kind("card_texts", of: report)
            #expect(texts?["added"]?.integer == 2, "\(report)")
            #expect(texts?["left"]?["unreadable"]?.integer == 11, "\(report)")
            #expect(Self.kind("cards", of: report)?["left"]?["unreadable"]?.integer == 2, "\(report)")
            for name in ["users", "passkeys"] {
                #expect(Self.kind(name, of: report)?["left"]?["unknown"]?.integer == 1, "\(report)")
            }
            #expect(Self.kind("notes", of: report)?["left"]?["unreadable"]?.integer == 1, "\(report)")
            #expect(try await stage.count("users") == 1)
            #expect(try await stage.count("passkeys") == 0)
            for path in ["/tmp/lm-escaped", "/etc/lm-escaped"] { #expect(!FileManager.default.fileExists(atPath: path)) }
            // The program still answers, and with what it took in.
            for path in ["decks", "cards", "reviews/queue", "documents", "notes", "jobs"] {
                #expect(try await ann.client.get("/api/v1/\(path)").status < 500, "\(path)")
            }
        }
    }
}
