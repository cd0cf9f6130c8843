import Concurrency
import HTTPMessages

/// Compresses answers that are whole, text-like and large enough, for clients that take gzip.
struct ResponseCompression: Sendable {
    let minimum: Int
    /// Larger bodies are compressed on a thread of the pool, so a loop is not held up.
    private static let offLoop = 64 << 10

    func apply(to response: HTTPResponse, for request: HTTPRequest) async -> HTTPResponse {
        guard case .bytes(let bytes) = response.body, bytes.count >= minimum,
            response.status == 200 || response.status >= 400 || response.status == 201,
            response.headers["Content-Encoding"] == nil, response.headers["Content-Range"] == nil,
            let type = response.headers["Content-Type"], Self.isCompressible(type)
        else { return response }
        var response = response
        response.headers.addVary("Accept-Encoding")
        guard let accepted = request.headers["Accept-Encoding"], Self.acceptsGzip(accepted), request.headers["Range"] == nil else {
            return response
        }
        let packed = bytes.count > Self.offLoop ? await BlockingPool.shared.run { Gzip.compress(bytes) } : Gzip.compress(bytes)
        guard let packed, packed.count < bytes.count else { return response }
        response.body = .bytes(packed)
        response.headers.append("Content-Encoding", "gzip")
        if let tag = response.headers["ETag"], !tag.hasPrefix("W/") { response.headers["ETag"] = "W/" + tag }
        return response
    }

    static func isCompressible(_ type: String) -> Bool {
        let essence = MediaType.essence(type)
        if essence == "text/event-stream" { return false }
        return essence.hasPrefix("text/") || essence.hasSuffix("json") || essence.hasSuffix("xml")
            || essence.hasSuffix("javascript")
            || essence == "application/wasm"
    }

    /// Whether the client prefers gzip to nothing: `gzip`, or `*`, with a weight above zero.
    static func acceptsGzip(_ value: String) -> Bool {
        var any: Double?
        for item in value.split(separator: ",") {
            let parts = item.split(separator: ";")
            guard let name = parts.first?.trimmingOptionalWhitespace else { continue }
            var weight = 1.0
            for part in parts.dropFirst() {
                let pair = part.split(separator: "=", maxSplits: 1).map(\.trimmingOptionalWhitespace)
                if pair.count == 2, pair[0] == "q" || pair[0] == "Q" { weight = Double(pair[1]) ?? 0 }
            }
            if HTTPHeaders.same(String(name), "gzip") || HTTPHeaders.same(String(name), "x-gzip") { return weight > 0 }
            if name == "*" { any = weight }
        }
        return (any ?? 0) > 0
    }
}
