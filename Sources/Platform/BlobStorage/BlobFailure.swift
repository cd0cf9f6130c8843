package import Failures
import Glibc

/// A file could not be stored or removed.
package struct BlobFailure: Failure {
    package let code: FailureCode
    package let message: String
    package let underlying: (any Error)?

    private init(_ code: FailureCode, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }

    static func tooLarge(_ limit: Int) -> BlobFailure {
        let megabytes = limit >> 20
        let text = megabytes > 0 ? "\(megabytes) MB" : "\(limit) bytes"
        return BlobFailure(.payloadTooLarge, "A file may have \(text) at most.")
    }

    static let diskFull = full(nil)

    /// Of a system call that has just failed. What an administrator can mend is no fault of ours, and passes when it is mended.
    static func system(_ call: String, _ path: String, _ number: Int32 = errno) -> BlobFailure {
        let cause = SystemError(call: call, path: path, number: number)
        return switch number {
        case ENOSPC, EDQUOT: full(cause)
        case EROFS, EACCES, EPERM, ENOENT, ENOTDIR, EIO, ENXIO, ENODEV, ESTALE, ENOLINK, ETIMEDOUT:
            BlobFailure(
                .unavailable,
                "The server cannot use its data folder, so nothing was changed. Its administrator has to make it writable again.",
                underlying: cause)
        case EMFILE, ENFILE, ENOMEM, ENOBUFS, EAGAIN, EBUSY:
            BlobFailure(.unavailable, "The server has too much to do to store a file just now; try again.", underlying: cause)
        default: BlobFailure(.internal, "A file could not be stored.", underlying: cause)
        }
    }

    private static func full(_ cause: SystemError?) -> BlobFailure {
        BlobFailure(
            .insufficientStorage, "The server's disk is full, so nothing was stored. Its administrator has to make room.",
            underlying: cause)
    }
}

/// For the log.
private struct SystemError: Error, CustomStringConvertible {
    let call: String
    let path: String
    let number: Int32
    var description: String { "\(call) \(path): \(String(cString: strerror(number)))" }
}
