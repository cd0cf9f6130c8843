import Glibc

/// What the equations of memory are reckoned in: plain numbers to schedule by, numbers with their derivatives to fit by.
///
/// The equations stand once, in ``ForgettingModel``, and serve both.
package protocol SpacingScalar: Sendable {
    init(_ value: Double)
    var value: Double { get }
    static func + (_ left: Self, _ right: Self) -> Self
    static func - (_ left: Self, _ right: Self) -> Self
    static func * (_ left: Self, _ right: Self) -> Self
    static func / (_ left: Self, _ right: Self) -> Self
    /// e to the power of it.
    func exponential() -> Self
    /// Its natural logarithm. It must be greater than zero.
    func logarithm() -> Self
    /// It to the power of another. It must be greater than zero.
    func raised(to exponent: Self) -> Self
}

extension SpacingScalar {
    /// The lesser of both. Derivatives are those of the one that is taken.
    func atMost(_ other: Self) -> Self { value <= other.value ? self : other }

    /// The greater of both.
    func atLeast(_ other: Self) -> Self { value >= other.value ? self : other }
}

extension Double: SpacingScalar {
    package var value: Double { self }
    package func exponential() -> Double { exp(self) }
    package func logarithm() -> Double { log(self) }
    package func raised(to exponent: Double) -> Double { pow(self, exponent) }
}
