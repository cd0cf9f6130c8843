package import Failures

/// The features do not fit together: a mistake in a manifest, found before anything runs.
package struct AssemblyFailure: Failure {
    package let message: String
    package var code: FailureCode { .internal }

    package init(_ message: String) { self.message = message }
}
