extension SandboxCommand {
    /// Numbers of descriptors as the child has them.
    enum Descriptor {
        /// bubblewrap, or the supervisor, writes there how the program ended.
        static let status: Int32 = 3
        /// The seccomp program is read from there.
        static let filter: Int32 = 4
        /// `lm-confine`, for bubblewrap.
        static let confine: Int32 = 5
        /// The first input, if inputs are given by descriptor.
        static let inputs: Int32 = 6
    }

    /// The argument vector of a run under bubblewrap: setpriv becomes another user if need be, bubblewrap makes the namespaces and
    /// filters system calls, `lm-confine` sets the limits and the inner wall, then comes the program.
    ///
    /// The file system is `/usr` read-only, the inputs, and `/tmp` in memory if asked for, with nothing else to write to; no network, no
    /// other processes, no capabilities, no environment, no way to make further user namespaces, and the death of bubblewrap takes every
    /// process along.
    ///
    /// - Parameters:
    ///   - user: whom to become; nil to stay. Inputs are then read from descriptors, since another user may not find the files.
    ///   - hard: what this process may give.
    ///   - landlock: the newest ABI for the inner wall; 0 for none.
    func underBubblewrap(becoming user: UInt32?, under hard: HardLimits, landlock: Int) throws(SandboxFailure) -> [String] {
        let bounds = try limits.options(under: hard, program: program)
        var words: [String] = []
        if let user {
            words += [Sandbox.setpriv, "--reuid", "\(user)", "--regid", "\(user)", "--clear-groups", "--inh-caps=-all", "--"]
        }
        words += [
            Sandbox.bubblewrap, "--unshare-all", "--unshare-user", "--disable-userns", "--uid", "65534", "--gid", "65534",
            "--hostname", "sandbox", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--json-status-fd",
            "\(Descriptor.status)", "--seccomp", "\(Descriptor.filter)", "--ro-bind", "/usr", "/usr", "--symlink", "usr/lib",
            "/lib", "--symlink", "usr/lib64", "/lib64", "--symlink", "usr/bin", "/bin", "--proc", "/proc", "--dev", "/dev",
            "--perms", "0555", "--ro-bind-data", "\(Descriptor.confine)", "/confine", "--dir", "/input",
        ]
        for (index, input) in inputs.enumerated() {
            words +=
                user == nil
                ? ["--ro-bind", input.host, "/input/" + input.name]
                : [
                    "--perms", input.isProgram ? "0555" : "0400", "--ro-bind-data", "\(Descriptor.inputs + Int32(index))",
                    "/input/" + input.name,
                ]
        }
        // bubblewrap's own file systems in memory have no limit but half of the machine's memory.
        words += limits.scratch > 0 ? ["--size", "\(limits.scratch)", "--tmpfs", "/tmp"] : ["--dir", "/tmp"]
        if followsAlternatives { words += ["--ro-bind-try", Self.alternatives, Self.alternatives] }
        words += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/input", "--clearenv"]
        for (name, value) in Self.environment(home: "/tmp") { words += ["--setenv", name, value] }
        words += ["--", "/confine"]
        if landlock > 0 {
            words += ["--landlock", "\(landlock)", "--read", "/input"] + readable(in: "/input")
            if limits.scratch > 0 { words += ["--write", "/tmp"] }
        }
        return words + confinement + bounds + ["--", executable(in: "/input")] + arguments
    }
}
