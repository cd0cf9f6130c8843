/// The vectors of a vocabulary's pieces in a mapped file, read as texts need them: 384 numbers a row.
// @unchecked: the bytes belong to `file`, which is never written and lives as long.
struct WordRows: @unchecked Sendable {
    enum Form: Sendable {
        /// 32-bit floats, of any alignment.
        case floats
        /// Four bits a number; see `QuarterByteBlock`.
        case quarterBytes
    }

    let form: Form
    let base: UnsafeRawPointer
    let file: MappedFile

    /// target = row + addend.
    @inline(__always)
    func add(row: Int, to addend: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>) {
        let size = EncoderShape.size
        switch form {
        case .floats: EncoderKernels.add(base + row * size * 4, addend, into: target, size: size)
        case .quarterBytes:
            QuarterByteBlock.unpack(base + row * QuarterByteBlock.bytes(of: size), count: size, into: target)
            EncoderKernels.add(UnsafeRawPointer(target), addend, into: target, size: size)
        }
    }
}
