import Glibc

/// A model's file, read whole.
enum ModelFile {
    static func read(_ path: String) throws(SpeechEngineFailure) -> [UInt8] {
        guard let file = fopen(path, "rb") else { throw .unusable("\(path) cannot be opened") }
        defer { fclose(file) }
        guard fseek(file, 0, SEEK_END) == 0 else { throw .unusable("\(path) cannot be read") }
        let size = ftell(file)
        rewind(file)
        guard size > 0 else { throw .unusable("\(path) is empty") }
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in count = fread(buffer.baseAddress, 1, size, file) }
        guard bytes.count == size else { throw .unusable("\(path) cannot be read") }
        return bytes
    }
}
