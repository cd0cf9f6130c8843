import Glibc
package import Manuscript

/// The file that is read, whole: what reads it may look anywhere.
package enum InputFile {
    /// nil if it cannot be read.
    package static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        let size = Int(status.st_size)
        var filled = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while filled < size {
                let got = Glibc.read(descriptor, buffer.baseAddress.map { $0 + filled }, size - filled)
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { break }
                filled += got
            }
            count = filled
        }
        return filled == size ? bytes : nil
    }
}

/// Standard output.
package enum OutputFile {
    package static func write(_ bytes: [UInt8]) throws(ReadingFault) {
        var at = 0
        while at < bytes.count {
            let written = bytes.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress.map { $0 + at }, bytes.count - at) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw .misused }
            at += written
        }
    }
}
