package import Events
import FoundationEssentials
package import HTTPClient
import HTTPMessages
import JSON
package import Telemetry

/// Tells stored events that are learning to a learning record store, as statements of xAPI 1.0.3.
///
/// Each has an id that follows from its event, so that one which is told again counts once. What the store refuses for good is logged and
/// left out: one statement must not hold up all that come after it.
package struct LearningRecordStore: EventSink {
    package var name: String { "xapi" }
    /// In one request; an LRS takes some megabytes.
    private static let batch = 100

    private let address: String
    private let authorization: String?
    private let statements: LearningStatements
    private let client: HTTPClient
    private let logger: Logger

    /// - Parameters:
    ///   - url: of the store's xAPI, from the installation's settings: it may be any server, also on this machine.
    ///   - key: and `secret` sign in there (basic authentication).
    ///   - homePage: under which this installation's accounts and activities are named.
    package init(
        url: String, key: String?, secret: String?, homePage: String, client: HTTPClient, logger: Logger = .silent
    ) {
        address = (url.hasSuffix("/") ? String(url.dropLast()) : url) + "/statements"
        authorization = key.map { "Basic " + Data("\($0):\(secret ?? "")".utf8).base64EncodedString() }
        statements = LearningStatements(homePage: homePage)
        self.client = client
        self.logger = logger
    }

    package func take(_ events: [Event]) async throws {
        let told = events.flatMap(statements.of)
        for start in stride(from: 0, to: told.count, by: Self.batch) {
            let part = Array(told[start..<min(told.count, start + Self.batch)])
            if try await post(.array(part)) { continue }
            // One of them is refused: which, is found one by one.
            for statement in part where try await !post(statement) {
                if case .string(let id) = statement["id"] {
                    logger.warning("a learning record was refused", ["statement": .init(stringLiteral: id), "sink": "xapi"])
                }
            }
        }
    }

    /// - Returns: whether it was taken; false where it is refused for good.
    private func post(_ body: JSONValue) async throws -> Bool {
        var request = ClientRequest(
            .post, address, headers: ["Content-Type": "application/json", "X-Experience-API-Version": "1.0.3"],
            body: .bytes(Array(try JSONEncoder().encode(body))))
        if let authorization { request.headers["Authorization"] = authorization }
        // Each statement has its id.
        request.isIdempotent = true
        let response = try await client.send(request)
        // 409: there is another statement under this id, which an earlier version of this program wrote.
        if [400, 409, 413].contains(response.status) {
            _ = try await response.body.collect(upTo: 64 << 10)
            return false
        }
        _ = try await response.successful().body.collect(upTo: 1 << 20)
        return true
    }
}
