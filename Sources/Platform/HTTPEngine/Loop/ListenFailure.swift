package import Failures
import Glibc

/// The server cannot listen: the port is taken, the address is not this machine's.
package struct ListenFailure: Failure {
    package let code = FailureCode.unavailable
    package let message: String

    init(_ message: String, code: Int32 = 0) {
        self.message = code == 0 ? message : message + " (\(String(cString: strerror(code))))"
    }
}
