/// One run of one program: its arguments, the files it sees, and its limits.
package struct SandboxCommand: Sendable {
    /// A file or folder of the host at a path inside.
    package struct Binding: Sendable {
        package let host: String
        package let inside: String
        package let isWritable: Bool
    }

    /// The program's name in `/usr/bin`.
    package let program: String
    package var arguments: [String]
    package private(set) var bindings: [Binding] = []
    package var limits: SandboxLimits

    package init(_ program: String, _ arguments: [String], limits: SandboxLimits = SandboxLimits()) {
        self.program = program
        self.arguments = arguments
        self.limits = limits
    }

    /// Shows a file of the host, read-only, at `inside`.
    package func reading(_ host: String, at inside: String) -> Self {
        var copy = self
        copy.bindings.append(Binding(host: host, inside: inside, isWritable: false))
        return copy
    }

    /// Shows a folder of the host in which the program may write, at `inside`.
    package func writing(_ host: String, at inside: String) -> Self {
        var copy = self
        copy.bindings.append(Binding(host: host, inside: inside, isWritable: true))
        return copy
    }

    /// The argument vector: bubblewrap makes the namespaces, prlimit the limits, then comes the program.
    ///
    /// The file system is `/usr` read-only, a fresh `/tmp` in memory and what is bound; no network, no other processes, no
    /// capabilities, no environment, no way to make further user namespaces, and the death of bubblewrap takes every process along.
    func argumentVector(statusDescriptor: Int32) -> [String] {
        var words = [
            Sandbox.bubblewrap, "--unshare-all", "--unshare-user", "--disable-userns", "--uid", "65534", "--gid", "65534",
            "--hostname", "sandbox", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--json-status-fd",
            "\(statusDescriptor)", "--ro-bind", "/usr", "/usr", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64",
            "--symlink", "usr/bin", "/bin", "--proc", "/proc", "--dev", "/dev", "--size", "\(limits.fileSize)", "--tmpfs", "/tmp",
        ]
        for binding in bindings { words += [binding.isWritable ? "--bind" : "--ro-bind", binding.host, binding.inside] }
        words += [
            "--chdir", "/tmp", "--clearenv", "--setenv", "PATH", "/usr/bin", "--setenv", "HOME", "/tmp", "--setenv", "LC_ALL",
            "C.UTF-8", "--setenv", "OMP_THREAD_LIMIT", "1", "--", Sandbox.prlimit, "--as=\(limits.memory)",
            "--cpu=\(limits.processorSeconds):\(limits.processorSeconds + 1)", "--fsize=\(limits.fileSize)", "--core=0",
            "--nofile=256", "--nproc=\(limits.processes)", "--", "/usr/bin/\(program)",
        ]
        return words + arguments
    }
}
