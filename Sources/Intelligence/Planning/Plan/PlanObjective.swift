import Glibc

/// What a good plan is, in numbers.
///
/// A plan gives each day d and goal g a number of blocks x(g,d). It must keep:
/// - a day has no more blocks than places and than the student wants; a block ends before its goal's deadline;
/// - a goal has no more blocks than it takes, and **no block is left out that could be placed**: only a plan with the most blocks counts.
///
/// Among those, the greatest
///
///     Σ_g Σ_k cover·(1 − k/2n_g)  +  Σ_g,d ρ(days from d to the deadline)·Σ_{k<x(g,d)} spread^k  −  Σ_d load·(Σ_g x(g,d))²
///
/// is taken. The first term shares shortage among goals; the second wants a goal on many days rather than many times a day, and later
/// rather than so early that it is forgotten; the third wants days alike. Each is concave, so that a flow of least cost finds the best
/// plan there is, not only a good one.
package struct PlanObjective: Sendable {
    package var cover = 2.0
    package var spread = 0.6
    package var load = 0.1
    /// Days after which what was studied once is worth nine tenths.
    package var lasting = 12.0

    package init() {}

    /// What is left of a block at the deadline: FSRS's curve of forgetting, with its standard decay.
    func worth(days: Int) -> Double {
        let decay = -0.1542
        return pow(1 + (pow(0.9, 1 / decay) - 1) * Double(max(0, days)) / lasting, decay)
    }

    /// Costs are whole numbers, so that equal plans are equal on every machine.
    static func cost(_ value: Double) -> Int { Int((value * 1_000_000).rounded()) }
}
