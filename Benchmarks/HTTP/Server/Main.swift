import Glibc
import HTTPEngine
import HTTPMessages
import HTTPServing
import Lifecycle
import Telemetry

/// The server that `run.py` measures: small JSON from an async handler, a stream that stays open, an upload that is counted.
@main
struct Main {
    static func main() async throws {
        // A line on standard output tells the port, the signal TERM ends it.
        let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 0
        let loops = CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) }
        var configuration = HTTPServerConfiguration(port: port, loops: loops)
        configuration.maximumConnections = 20_000
        let server = HTTPServer(
            configuration: configuration, responder: Responder(),
            logger: Logger(label: "bench", sink: .standardError(minimum: .warning, format: .text)), metrics: Metrics())
        try server.bind()
        let line = Array("listening on \(server.port)\n".utf8)
        _ = write(STDOUT_FILENO, line, line.count)
        try await server.run(until: ShutdownSignal())
    }
}

struct Responder: HTTPResponder {
    struct Item: Encodable {
        var id: Int
        var name: String
        var tags: [String]
        var done: Bool
    }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        switch request.target {
        case "/json":
            // As a route of the product answers.
            return (try? HTTPResponse.json(await load())) ?? HTTPResponse(status: 500)
        case "/plain":
            return HTTPResponse(headers: ["Content-Type": "text/plain"], body: .bytes(Array("Hello, World!".utf8)))
        case "/stream":
            return HTTPResponse(
                headers: ["Content-Type": "text/event-stream"],
                body: .stream { writer in
                    try await writer.write(Array("data: open\n\n".utf8))
                    while true {
                        try await Task.sleep(for: .seconds(15))
                        try await writer.write(Array(":\n\n".utf8))
                    }
                })
        case "/upload":
            var count = 0
            do {
                for try await part in request.body { count += part.count }
            } catch {
                return HTTPResponse(status: 400)
            }
            return HTTPResponse(headers: ["Content-Type": "text/plain"], body: .bytes(Array("\(count)".utf8)))
        default: return HTTPResponse(status: 404)
        }
    }

    private func load() async -> Item {
        await Task.yield()
        return Item(id: 42, name: "Photosynthesis", tags: ["biology", "plants"], done: false)
    }
}
