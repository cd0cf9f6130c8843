/// How much a form may hold.
package struct MultipartLimits: Sendable {
    /// Parts in the form.
    package var parts: Int
    /// Bytes of one part's header lines.
    package var headerBytes: Int
    /// Bytes of one part's body.
    package var partBytes: Int

    package init(parts: Int = 64, headerBytes: Int = 8 << 10, partBytes: Int = .max) {
        self.parts = parts
        self.headerBytes = headerBytes
        self.partBytes = partBytes
    }
}
