import Glibc

/// What the build asks of the processor. This file is compiled for any x86-64, so it can say so where the kernels could not run.
enum ProcessorRequirements {
    /// Processors that the system has switched on.
    static var online: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// A sentence if this processor lacks what the numeric kernels were built for; nil if all is well.
    static func unmet() -> String? {
        #if LM_VECTORISED && arch(x86_64)
            let missing = ["avx2", "fma", "bmi2", "f16c"].filter { !flags.contains($0) }
            if missing.isEmpty { return nil }
            return "This build needs a processor with \(missing.joined(separator: ", ")); build with LM_BASELINE=1 for this one."
        #else
            return nil
        #endif
    }

    private static var flags: Set<Substring> {
        guard let file = fopen("/proc/cpuinfo", "r") else { return [] }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 14)
        let count = fread(&bytes, 1, bytes.count, file)
        let text = String(decoding: bytes[..<count], as: UTF8.self)
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("flags") }) else { return [] }
        return Set(line.split(separator: " "))
    }
}
