package import Ambient
import Cryptography
import Failures
import FoundationEssentials
package import HTTPClient
import HTTPMessages

/// Back-ups in a bucket of a server that speaks S3: Amazon's, MinIO, Ceph, OpenStack Swift.
///
/// Whole objects of some megabytes: a `PUT` is all or nothing, so no multipart upload is ever left behind.
package struct S3BackupStore: BackupStore {
    package struct Bucket: Sendable, Hashable {
        package var endpoint: String
        package var region: String
        package var name: String
        /// Before all names; empty, or with a slash at its end.
        package var prefix: String
    }

    private let bucket: Bucket
    private let signature: AmazonSignature
    private let client: HTTPClient
    private let ambient: Ambient

    package init(bucket: Bucket, accessKey: String, secretKey: String, ambient: Ambient, client: HTTPClient) {
        self.bucket = bucket
        signature = AmazonSignature(accessKey: accessKey, secretKey: secretKey, region: bucket.region, service: "s3")
        self.client = client
        self.ambient = ambient
    }

    package var place: String { "s3://\(bucket.name)/\(bucket.prefix)" }

    package func names(under prefix: String) async throws -> [String: Int] {
        var found: [String: Int] = [:]
        var next: String?
        repeat {
            var query = [("list-type", "2"), ("prefix", bucket.prefix + prefix)]
            if let next { query.append(("continuation-token", next)) }
            let answer = try await send(.get, key: nil, query: query)
            guard answer.status == 200 else { throw refusal(answer, "list") }
            let page = S3Listing(xml: String(decoding: answer.body, as: UTF8.self))
            for (key, size) in page.objects where key.hasPrefix(bucket.prefix) {
                found[String(key.dropFirst(bucket.prefix.count))] = size
            }
            next = page.next
        } while next != nil
        return found
    }

    package func read(_ name: String) async throws -> [UInt8]? {
        let answer = try await send(.get, key: name)
        if answer.status == 404, !answer.says("NoSuchBucket") { return nil }
        guard answer.status == 200 else { throw refusal(answer, "read") }
        return answer.body
    }

    package func write(_ bytes: [UInt8], to name: String) async throws {
        let answer = try await send(.put, key: name, body: bytes)
        guard (200..<300).contains(answer.status) else { throw refusal(answer, "write") }
    }

    package func remove(_ name: String) async throws {
        let answer = try await send(.delete, key: name)
        guard (200..<300).contains(answer.status) || answer.status == 404 else { throw refusal(answer, "remove") }
    }

    private struct Answer {
        let status: Int
        let body: [UInt8]
        func says(_ code: String) -> Bool { String(decoding: body.prefix(4096), as: UTF8.self).contains("<Code>\(code)</Code>") }
        /// What the server calls the fault: `SignatureDoesNotMatch`.
        var fault: String? {
            let text = String(decoding: body.prefix(4096), as: UTF8.self)
            guard let start = text.firstRange(of: "<Code>"), let end = text.firstRange(of: "</Code>"),
                start.upperBound < end.lowerBound
            else { return nil }
            return String(text[start.upperBound..<end.lowerBound])
        }
    }

    private func send(
        _ method: HTTPMethod, key: String?, query: [(String, String)] = [], body: [UInt8] = []
    ) async throws -> Answer {
        let url = URL(string: bucket.endpoint)
        guard let host = url?.host() else {
            throw BackupFailure(.validationFailed, "\(bucket.endpoint) is no address of a server.")
        }
        let path = "/" + Self.escaped(bucket.name) + (key.map { "/" + Self.escaped(bucket.prefix + $0, keeping: "/") } ?? "")
        let text = query.map { "\(Self.escaped($0.0))=\(Self.escaped($0.1))" }.sorted().joined(separator: "&")
        let stamp = Timestamp.text(ambient.now())
        let time = String(stamp.prefix(19)).filter { $0 != "-" && $0 != ":" } + "Z"
        let digest = Hexadecimal.encode(SHA256.hash(body))
        let authority = host + (url?.port.map { ":\($0)" } ?? "")
        let authorization = signature.authorization(
            method: method.rawValue, path: path, query: text,
            headers: ["host": authority, "x-amz-content-sha256": digest, "x-amz-date": time], body: body, time: time)
        var request = ClientRequest(
            method, bucket.endpoint + path + (text.isEmpty ? "" : "?" + text),
            headers: ["Authorization": authorization, "x-amz-content-sha256": digest, "x-amz-date": time],
            body: method == .put ? .bytes(body) : .none)
        request.isIdempotent = true
        request.timeouts = ClientTimeouts(total: .seconds(300), idle: .seconds(60))
        do {
            let response = try await client.send(request)
            return Answer(status: response.status, body: try await response.body.collect())
        } catch let failure as HTTPClientFailure {
            throw BackupFailure(failure.code, "The server of the back-ups cannot be asked: \(failure.message)", underlying: failure)
        }
    }

    private func refusal(_ answer: Answer, _ verb: String) -> BackupFailure {
        let fault = answer.fault.map { "\(answer.status) \($0)" } ?? "\(answer.status)"
        let hint =
            switch answer.fault {
            case "NoSuchBucket": " Make the bucket \(bucket.name)."
            case "SignatureDoesNotMatch", "InvalidAccessKeyId", "AccessDenied":
                " Check LM_BACKUP_ACCESS_KEY, LM_BACKUP_SECRET_KEY and the region."
            default: ""
            }
        return BackupFailure(.unavailable, "The server of the back-ups refused to \(verb): \(fault).\(hint)")
    }

    /// As the signature wants it: all but letters, digits and `-._~`.
    private static func escaped(_ text: String, keeping kept: String = "") -> String {
        var out = ""
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95, 126: out.unicodeScalars.append(Unicode.Scalar(byte))
            case _ where kept.utf8.contains(byte): out.unicodeScalars.append(Unicode.Scalar(byte))
            default: out += "%" + Hexadecimal.encode([byte]).uppercased()
            }
        }
        return out
    }
}
