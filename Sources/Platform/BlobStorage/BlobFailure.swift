package import Failures
import Glibc

/// A file could not be stored or removed.
package struct BlobFailure: Failure {
    package let code: FailureCode
    package let message: String
    package let underlying: (any Error)?

    static func tooLarge(_ limit: Int) -> BlobFailure {
        let megabytes = limit >> 20
        let text = megabytes > 0 ? "\(megabytes) MB" : "\(limit) bytes"
        return BlobFailure(code: .payloadTooLarge, message: "A file may have \(text) at most.", underlying: nil)
    }

    static let diskFull = BlobFailure(code: .insufficientStorage, message: "The server's disk is full.", underlying: nil)

    /// Of a system call that has just failed.
    static func system(_ call: String, _ path: String) -> BlobFailure {
        let number = errno
        if number == ENOSPC || number == EDQUOT { return diskFull }
        let cause = SystemError(call: call, path: path, number: number)
        return BlobFailure(code: .internal, message: "A file could not be stored.", underlying: cause)
    }
}

/// For the log.
private struct SystemError: Error, CustomStringConvertible {
    let call: String
    let path: String
    let number: Int32
    var description: String { "\(call) \(path): \(String(cString: strerror(number)))" }
}
