import Ambient
package import BlobStorage
import Concurrency
import FoundationEssentials
import Manuscript
package import Sandbox

/// Reads packages of Anki's by `lm-read`, within the sandbox, a part at a time.
package struct AnkiPackage: Sendable {
    /// Bytes of a package, which may have pictures and sounds.
    static let limit = 512 << 20
    private static let program = "lm-read"
    private static let limits: SandboxLimits = {
        var limits = SandboxLimits(memory: 2 << 30, processorSeconds: 120, wallClock: .seconds(180), output: 128 << 20)
        limits.processes = 2  // bubblewrap's and its own
        return limits
    }()

    let blobs: any BlobStore
    private let sandbox: Sandbox

    package init(sandbox: Sandbox, blobs: any BlobStore) {
        self.sandbox = sandbox
        self.blobs = blobs
    }

    /// A picture or sound of a package; without content where it cannot be read.
    struct Medium: Sendable {
        var index: Int
        var name: String
        var content: [UInt8]?
    }

    func head(ofFileAt path: String) async throws -> AnkiCollection {
        let output = try await run(path, wanted: "head")
        return try await BlockingPool.shared.run {
            guard let head = try? JSONDecoder().decode(AnkiCollection.self, from: Data(output)) else {
                throw CardsFailure.damagedPackage
            }
            return head
        }
    }

    /// The next some thousand notes in the order of their ids; none is the end.
    func notes(ofFileAt path: String, after id: Int) async throws -> [AnkiNote] {
        let output = try await run(path, wanted: "notes \(id)")
        return try await BlockingPool.shared.run {
            let decoder = JSONDecoder()
            return try output.split(separator: UInt8(ascii: "\n")).map { line in
                guard let note = try? decoder.decode(AnkiNote.self, from: Data(line)) else { throw CardsFailure.damagedPackage }
                return note
            }
        }
    }

    /// The next pictures and sounds; none is the end.
    func media(ofFileAt path: String, from index: Int) async throws -> [Medium] {
        Self.media(in: try await run(path, wanted: "media \(index)"))
    }

    private static func media(in output: [UInt8]) -> [Medium] {
        var media: [Medium] = []
        var rest = output[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let numbers = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ").compactMap { Int($0) }
            rest = rest[(end + 1)...]
            guard numbers.count == 3, numbers[1] >= 0, numbers[1] + max(0, numbers[2]) <= rest.count else { break }
            let name = String(decoding: rest.prefix(numbers[1]), as: UTF8.self)
            rest = rest.dropFirst(numbers[1])
            media.append(Medium(index: numbers[0], name: name, content: numbers[2] < 0 ? nil : Array(rest.prefix(numbers[2]))))
            rest = rest.dropFirst(max(0, numbers[2]))
        }
        return media
    }

    private func run(_ path: String, wanted: String) async throws -> [UInt8] {
        // What is wanted is told in a file, which is here while the program runs and is never stored.
        try await blobs.receive(from: HeldParts(bytes: Array(wanted.utf8)), limit: 1 << 10) { told in
            let command = SandboxCommand(Self.program, [], limits: Self.limits)
                .reading(path, as: "document.\(ReadingForm.anki.rawValue)").reading(told.path, as: "wanted")
            do {
                return try await sandbox.run(command).bytes
            } catch let failure as SandboxFailure {
                guard case .exited(let code) = failure.reason, let fault = ReadingFault(rawValue: code) else { throw failure }
                throw fault == .tooLarge ? CardsFailure.largePackage : CardsFailure.damagedPackage
            }
        }
    }
}
