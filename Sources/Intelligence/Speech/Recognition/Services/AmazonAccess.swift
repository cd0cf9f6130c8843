/// Where Amazon Transcribe is, and by which key.
package struct AmazonAccess: Sendable {
    let url: String
    /// Of S3, without the bucket.
    let storageURL: String
    let bucket: String
    let accessKey: String
    let secretKey: String
    let region: String

    /// - Parameters:
    ///   - url: `https://transcribe.eu-central-1.amazonaws.com`
    ///   - storageURL: nil for S3 of the region.
    ///   - bucket: through which sound and words go; nothing stays in it.
    ///   - region: nil where the address names it.
    package init(url: String, storageURL: String?, bucket: String, accessKey: String, secretKey: String, region: String?) {
        self.url = url.withoutSlash
        let parts = url.drop { $0 != ":" }.dropFirst(3).prefix { $0 != "/" && $0 != ":" }.split(separator: ".")
        self.region = region ?? (parts.count >= 3 && parts[0].hasPrefix("transcribe") ? String(parts[1]) : "us-east-1")
        self.storageURL = (storageURL ?? "https://s3.\(self.region).amazonaws.com").withoutSlash
        self.bucket = bucket
        self.accessKey = accessKey
        self.secretKey = secretKey
    }
}
