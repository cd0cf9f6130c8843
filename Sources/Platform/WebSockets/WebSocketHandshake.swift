import Cryptography
import Failures
import FoundationEssentials
import HTTPMessages
import HTTPServing

/// The opening handshake (RFC 6455, section 4.2).
enum WebSocketHandshake {
    enum Outcome {
        case accepted(HTTPHeaders)
        /// Another version, or no WebSocket at all.
        case refused(HTTPResponse)
        case malformed(HTTPFailure)
    }

    private static let suffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

    static func judge(_ request: HTTPRequest, subprotocol name: String) -> Outcome {
        guard lists("upgrade", request.headers.all("Connection")), lists("websocket", request.headers.all("Upgrade")) else {
            return .refused(HTTPResponse(status: 426, headers: ["Upgrade": "websocket", "Connection": "Upgrade"]))
        }
        guard request.headers["Sec-WebSocket-Version"] == "13" else {
            return .refused(HTTPResponse(status: 426, headers: ["Upgrade": "websocket", "Sec-WebSocket-Version": "13"]))
        }
        guard request.body.length == 0 else { return .malformed(HTTPFailure(.badRequest, "A handshake has no body.")) }
        let keys = request.headers.all("Sec-WebSocket-Key")
        guard keys.count == 1, let key = keys.first, Data(base64Encoded: key)?.count == 16 else {
            return .malformed(HTTPFailure(.badRequest, "Sec-WebSocket-Key must be 16 bytes in base64."))
        }
        var headers: HTTPHeaders = [
            "Upgrade": "websocket", "Sec-WebSocket-Accept": Data(SHA1.hash(key + suffix)).base64EncodedString(),
        ]
        if lists(name, request.headers.all("Sec-WebSocket-Protocol")) { headers.append("Sec-WebSocket-Protocol", name) }
        return .accepted(headers)
    }

    private static func lists(_ word: String, _ values: [String]) -> Bool {
        values.contains { $0.split(separator: ",").contains { HTTPHeaders.same(String($0.trimmingOptionalWhitespace), word) } }
    }
}
