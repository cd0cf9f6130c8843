package import Failures
import Glibc

/// The system gives out no more threads: a limit on processes is reached, or there is no room for a stack.
package struct ThreadFailure: Failure {
    /// What the thread was to be called.
    package let name: String
    /// A value of `errno`.
    package let error: Int32

    init(name: String, error: Int32) {
        self.name = name
        self.error = error
    }

    package var code: FailureCode { .unavailable }
    package var message: String { "The server is out of threads. Try again in a moment." }
    package var description: String { "\(code.rawValue): no thread for \(name): \(String(cString: strerror(error)))" }
}
