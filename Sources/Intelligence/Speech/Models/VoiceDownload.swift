import Concurrency
import Failures
import FoundationEssentials
import Glibc
import HTTPClient
import HTTPMessages

/// A voice of Piper that was fetched by its address into a folder for the moment.
package struct VoiceDownload: Sendable {
    /// Of the `.onnx` file; its description lies beside it.
    package let path: String
    private let folder: String

    /// Bytes of the largest voice.
    private static let most = 512 << 20

    package func remove() { try? FileManager.default.removeItem(atPath: folder) }

    /// - Parameters:
    ///   - address: of the `.onnx`; `.json` is added to it for the description, before a query if there is one.
    ///   - say: is told how far it is.
    package static func fetch(_ address: String, _ say: (String) -> Void) async throws -> VoiceDownload {
        let place = address.prefix { $0 != "?" && $0 != "#" }
        let name = String(place.split(separator: "/").last ?? "")
        guard name.hasSuffix(".onnx"), name.count < 128,
            name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) })
        else { throw SpeechFailure(.refused, "The address must end in the name of a voice, such as en_US-ljspeech-high.onnx.") }
        let folder = FileManager.default.temporaryDirectory.path + "/lm-voice-\(UUID().uuidString.lowercased())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let made = VoiceDownload(path: "\(folder)/\(name)", folder: folder)
        do {
            let client = try HTTPClient(HTTPClientConfiguration(responseLimit: most, redirects: 5))
            // The small one first: without it the other is of no use.
            for ending in [".json", ""] {
                try await fetch(place + ending + address.dropFirst(place.count), to: made.path + ending, client, say)
            }
            return made
        } catch {
            made.remove()
            throw error
        }
    }

    private static func fetch(_ address: String, to path: String, _ client: HTTPClient, _ say: (String) -> Void) async throws {
        var request = ClientRequest(.get, address)
        request.timeouts = .streaming
        let response = try await client.send(request).successful()
        let size = response.headers["Content-Length"].flatMap { Int($0) } ?? 0
        guard FileManager.default.createFile(atPath: path, contents: nil) else {
            throw SpeechFailure(.missing, "The server has no room for temporary files.")
        }
        var (gathered, done, told) = ([UInt8](), 0, -1)
        for try await part in response.body {
            gathered += part
            done += part.count
            if gathered.count >= 4 << 20 {
                try await append(gathered, to: path)
                gathered = []
            }
            let percent = size > 0 ? done * 100 / size : 0
            if size > 1 << 20, percent / 10 != told {
                told = percent / 10
                say("\(told * 10) %")
            }
        }
        try await append(gathered, to: path)
    }

    private static func append(_ bytes: [UInt8], to path: String) async throws {
        try await BlockingPool.shared.run {
            guard let file = fopen(path, "ab") else { throw SpeechFailure(.missing, "A temporary file cannot be written.") }
            let count = fwrite(bytes, 1, bytes.count, file)
            guard fclose(file) == 0, count == bytes.count else {
                throw SpeechFailure(.missing, "The server has no room for temporary files.")
            }
        }
    }
}
