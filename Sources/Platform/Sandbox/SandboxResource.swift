import Glibc

/// A resource that a sandboxed program gets a bounded amount of; the raw value is prlimit's option.
package enum SandboxResource: String, Sendable, CaseIterable {
    case memory = "as"
    case processorTime = "cpu"
    case fileSize = "fsize"
    case openFiles = "nofile"
    case processes = "nproc"

    var number: __rlimit_resource_t {
        let resource =
            switch self {
            case .memory: RLIMIT_AS
            case .processorTime: RLIMIT_CPU
            case .fileSize: RLIMIT_FSIZE
            case .openFiles: RLIMIT_NOFILE
            case .processes: __RLIMIT_NPROC
            }
        return __rlimit_resource_t(resource.rawValue)
    }

    /// As an administrator sets it.
    package var setting: String {
        switch self {
        case .memory: "address space (ulimit -v, LimitAS=)"
        case .processorTime: "processor time (ulimit -t, LimitCPU=)"
        case .fileSize: "file size (ulimit -f, LimitFSIZE=)"
        case .openFiles: "open files (ulimit -n, LimitNOFILE=)"
        case .processes: "processes (ulimit -u, LimitNPROC=)"
        }
    }
}
