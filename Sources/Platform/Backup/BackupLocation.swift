import FoundationEssentials

/// Where back-ups are to be kept, as a setting says it: a folder's path, or
/// `s3://bucket/prefix?endpoint=https://server&region=eu-central-1`.
package enum BackupLocation: Sendable, Hashable {
    case folder(String)
    case bucket(S3BackupStore.Bucket)

    /// nil if it is neither.
    package init?(_ text: String) {
        if text.hasPrefix("/") {
            self = .folder(text)
        } else if text.hasPrefix("file:///") {
            self = .folder(String(text.dropFirst("file://".count)))
        } else if text.hasPrefix("s3://") {
            guard let url = URLComponents(string: text), let name = url.host, !name.isEmpty else { return nil }
            let options = Dictionary((url.queryItems ?? []).map { ($0.name, $0.value ?? "") }) { $1 }
            guard Set(options.keys).isSubset(of: ["endpoint", "region"]) else { return nil }
            let region = options["region"] ?? "us-east-1"
            var endpoint = options["endpoint"] ?? "https://s3.\(region).amazonaws.com"
            while endpoint.hasSuffix("/") { endpoint.removeLast() }
            guard endpoint.hasPrefix("https://") || endpoint.hasPrefix("http://") else { return nil }
            let path = url.path.split(separator: "/").joined(separator: "/")
            self = .bucket(.init(endpoint: endpoint, region: region, name: name, prefix: path.isEmpty ? "" : path + "/"))
        } else {
            return nil
        }
    }
}
