import Glibc

/// A number with its derivatives by the 21 parameters (forward-mode differentiation).
///
/// The equations are short and the parameters few, so that this is exact, quick enough and needs no second writing of them backwards.
struct DualNumber: SpacingScalar {
    let value: Double
    /// One a parameter; the last eleven are unused.
    let slopes: SIMD32<Double>

    init(_ value: Double) {
        self.value = value
        slopes = .zero
    }

    init(value: Double, slopes: SIMD32<Double>) {
        self.value = value
        self.slopes = slopes
    }

    /// The parameter of that number.
    init(_ value: Double, parameter: Int) {
        self.value = value
        var slopes = SIMD32<Double>.zero
        slopes[parameter] = 1
        self.slopes = slopes
    }

    static func + (left: Self, right: Self) -> Self { Self(value: left.value + right.value, slopes: left.slopes + right.slopes) }

    static func - (left: Self, right: Self) -> Self { Self(value: left.value - right.value, slopes: left.slopes - right.slopes) }

    static func * (left: Self, right: Self) -> Self {
        Self(value: left.value * right.value, slopes: left.slopes * right.value + right.slopes * left.value)
    }

    static func / (left: Self, right: Self) -> Self {
        let quotient = left.value / right.value
        return Self(value: quotient, slopes: (left.slopes - right.slopes * quotient) / right.value)
    }

    func exponential() -> Self {
        let power = exp(value)
        return Self(value: power, slopes: slopes * power)
    }

    func logarithm() -> Self { Self(value: log(value), slopes: slopes / value) }

    func raised(to exponent: Self) -> Self {
        let power = pow(value, exponent.value)
        return Self(value: power, slopes: slopes * (exponent.value * power / value) + exponent.slopes * (power * log(value)))
    }
}
