/// What single scalars are written as instead: nothing, one scalar or several.
struct ScalarMap: Sendable {
    /// By scalar: where its replacement stands in `replacements`, from 1; 0 where it stays as it is.
    private var places = [Int32](repeating: 0, count: 0x30000)
    private var replacements: [[UInt32]] = []

    /// Scalars beyond the planes that have letters stay as they are.
    mutating func set(_ scalar: UInt32, to replacement: [UInt32]) {
        guard scalar < places.count else { return }
        replacements.append(replacement)
        places[Int(scalar)] = Int32(replacements.count)
    }

    /// Calls `body` with each scalar of the replacement; false, without a call, where there is none.
    @inline(__always)
    func forEach(of scalar: UInt32, _ body: (UInt32) -> Void) -> Bool {
        guard scalar < places.count, places[Int(scalar)] > 0 else { return false }
        for one in replacements[Int(places[Int(scalar)]) - 1] { body(one) }
        return true
    }
}
