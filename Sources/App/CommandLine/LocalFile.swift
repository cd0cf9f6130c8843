import Concurrency
import Failures
import Glibc

/// A file of the person's own, read in parts.
struct LocalFile: AsyncSequence, Sendable {
    typealias Element = [UInt8]
    fileprivate let descriptor: Descriptor

    init(path: String) throws(LocalFileFailure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw LocalFileFailure(path: path, reason: String(cString: strerror(errno))) }
        self.descriptor = Descriptor(descriptor)
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            throw LocalFileFailure(path: path, reason: isFolder ? "it is a folder; name the files in it" : "it is not a file")
        }
    }

    fileprivate final class Descriptor: Sendable {
        let number: Int32
        init(_ number: Int32) { self.number = number }
        deinit { close(number) }
    }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate let descriptor: Descriptor

        mutating func next() async throws -> [UInt8]? {
            let descriptor = descriptor
            return try await BlockingPool.shared.run {
                var buffer = [UInt8](repeating: 0, count: 1 << 18)
                let count = read(descriptor.number, &buffer, buffer.count)
                guard count >= 0 else { throw LocalFileFailure(path: "the file", reason: String(cString: strerror(errno))) }
                return count == 0 ? nil : Array(buffer[..<count])
            }
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator(descriptor: descriptor) }
}

struct LocalFileFailure: Failure {
    let path: String
    let reason: String
    var code: FailureCode { .notFound }
    var message: String { "\(path) cannot be read: \(reason)." }
}
