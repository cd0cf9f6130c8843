/// One message of what a model is told.
package enum ModelMessage: Sendable, Hashable {
    case user(String, images: [ModelImage] = [])
    /// What the model said earlier, and what it called.
    case assistant(String, calls: [ToolCall] = [])
    /// What a tool gave back.
    case result(String, of: ToolCall)
}

/// A picture for a model that can see.
package struct ModelImage: Sendable, Hashable {
    /// `image/png`, `image/jpeg`.
    package var mediaType: String
    package var bytes: [UInt8]

    package init(mediaType: String, bytes: [UInt8]) {
        self.mediaType = mediaType
        self.bytes = bytes
    }
}
