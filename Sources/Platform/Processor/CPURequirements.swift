import CProcessor

/// What the program asks of the processor. Its numeric modules are built for x86-64-v3 (AVX2 and its company, in processors since
/// 2013-2015), and would die of an illegal instruction on anything older; a program asks here first and says so instead.
package enum CPURequirements {
    /// nil where the program can run; otherwise a sentence that names what is missing and what to do.
    package static func unmet() -> String? {
        #if LM_BASELINE
            return nil
        #else
            return unmet(found: processor_instruction_sets())
        #endif
    }

    /// - Parameter found: bits of `processor_instruction_sets`.
    package static func unmet(found: UInt32) -> String? {
        let needed: [(Int, String)] = [
            (PROCESSOR_AVX, "AVX"), (PROCESSOR_AVX2, "AVX2"), (PROCESSOR_FMA, "FMA"), (PROCESSOR_BMI1, "BMI1"),
            (PROCESSOR_BMI2, "BMI2"), (PROCESSOR_F16C, "F16C"), (PROCESSOR_LZCNT, "LZCNT"), (PROCESSOR_MOVBE, "MOVBE"),
        ].map { (Int($0.0), $0.1) }
        let missing = needed.filter { found & UInt32($0.0) == 0 }.map(\.1)
        if missing.isEmpty { return nil }
        return "This processor lacks \(missing.joined(separator: ", ")), which this build needs. "
            + "Build it for any processor with `LM_BASELINE=1 make build`, or use a machine with AVX2."
    }
}
