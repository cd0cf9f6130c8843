import Ambient
import Cryptography
import HTTPClient
import HTTPMessages

/// The way to one of Amazon's services and back, each request signed.
struct AmazonLine: Sendable {
    let line: TranscriptionLine
    private let url: String
    private let host: String
    private let signature: AmazonSignature
    private let ambient: Ambient

    init(name: String, url: String, service: String, _ access: AmazonAccess, client: HTTPClient, ambient: Ambient) {
        line = TranscriptionLine(name: name, client: client)
        self.url = url
        host = String(url.drop { $0 != ":" }.dropFirst(3).prefix { $0 != "/" })
        signature = AmazonSignature(
            accessKey: access.accessKey, secretKey: access.secretKey, region: access.region, service: service)
        self.ambient = ambient
    }

    /// - Parameters:
    ///   - path: of letters, digits and marks that need no escaping.
    ///   - target: what is asked of a service that has one address for all.
    func send(_ method: HTTPMethod, _ path: String, type: String? = nil, target: String? = nil, _ body: [UInt8] = []) async throws
        -> [UInt8]
    {
        let time = Timestamp.text(ambient.now()).prefix(19).filter { $0.isNumber || $0 == "T" } + "Z"
        var headers = ["host": host, "x-amz-date": time, "x-amz-content-sha256": Hexadecimal.encode(SHA256.hash(body))]
        headers["content-type"] = type
        headers["x-amz-target"] = target
        headers["authorization"] = signature.authorization(
            method: method.rawValue, path: path, headers: headers, body: body, time: time)
        // The client names the host itself.
        headers["host"] = nil
        return try await line.send(method, url + path, headers, body.isEmpty && method != .put ? nil : body)
    }
}
