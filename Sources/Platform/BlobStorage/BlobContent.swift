package import FoundationEssentials

/// Where the bytes of a blob are to be had.
package enum BlobContent: Sendable {
    /// A local file.
    case file(path: String)
    /// Elsewhere: so many bytes, of which any part can be read as it comes.
    case remote(
        size: Int, modified: Date, read: @Sendable (_ offset: Int, _ length: Int) -> AsyncThrowingStream<[UInt8], any Error>)
}
