import Glibc

/// What this process takes of the machine, by OpenTelemetry's names for processes, read when metrics are asked for.
package struct ProcessMeter: Sendable {
    private let began = Self.seconds(of: CLOCK_BOOTTIME)

    package init() {}

    package func report(to metrics: Metrics) {
        var usage = rusage()
        if getrusage(Int32(RUSAGE_SELF.rawValue), &usage) == 0 {
            let help = "Time that processors worked for this process."
            metrics.count("process_cpu_time_seconds_total", [("cpu_mode", "user")], is: Self.seconds(usage.ru_utime), help: help)
            metrics.count("process_cpu_time_seconds_total", [("cpu_mode", "system")], is: Self.seconds(usage.ru_stime), help: help)
        }
        if let pages = Self.read("/proc/self/statm").split(separator: " ").dropFirst().first.flatMap({ Double($0) }) {
            metrics.set("process_memory_usage_bytes", to: pages * Double(sysconf(Int32(_SC_PAGESIZE))), help: "Memory in use.")
        }
        if let threads = Self.read("/proc/self/stat").split(separator: ")").last?.split(separator: " ").dropFirst(17).first.flatMap(
            {
                Double($0)
            })
        {
            metrics.set("process_threads", to: threads, help: "Threads of this process.")
        }
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
            metrics.set("process_open_file_descriptors_limit", to: Double(limit.rlim_cur), help: "Files that may be open at once.")
        }
        metrics.set("process_open_file_descriptors", to: Double(Self.openFiles()), help: "Files and sockets that are open.")
        metrics.set("process_uptime_seconds", to: Self.seconds(of: CLOCK_BOOTTIME) - began, help: "Time since the process began.")
    }

    private static func openFiles() -> Int {
        guard let folder = opendir("/proc/self/fd") else { return 0 }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        // Without `.`, `..` and the folder's own.
        return max(0, count - 3)
    }

    private static func read(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

    private static func seconds(of clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
