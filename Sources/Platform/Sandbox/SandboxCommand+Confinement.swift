extension SandboxCommand {
    /// Where programs of a user that others share count together, this many of its processes and threads are let be. A parser may start
    /// threads alone, so it bounds what they take of the kernel, and not memory.
    private static let shared = 4096

    static let alternatives = "/etc/alternatives"

    /// All that a program finds in its environment.
    static func environment(home: String) -> [(name: String, value: String)] {
        [("PATH", "/usr/bin"), ("HOME", home), ("TMPDIR", home), ("LC_ALL", "C.UTF-8"), ("OMP_THREAD_LIMIT", "1")]
    }

    /// The argument vector of a run under Landlock alone: `lm-confine` becomes another user if need be, takes the program's rights and
    /// sets its limits, and stays to end all that it starts.
    ///
    /// - Parameters:
    ///   - confine: the path of `lm-confine`.
    ///   - folder: what is the run's own.
    ///   - isOwn: whether nobody else is that user.
    func underLandlock(
        _ version: Int, by confine: String, in folder: SandboxFolder, becoming user: UInt32?, isOwn: Bool, parent: Int32,
        under hard: HardLimits
    ) throws(SandboxFailure) -> [String] {
        // The supervisor, which bubblewrap's process stands for in the limit, is not of that user.
        let processes = isOwn || limits.processes == 0 ? max(0, limits.processes - 1) : max(Self.shared, limits.processes)
        var words = [
            confine, "--supervise", "\(Descriptor.status)", "\(parent)", "--filter", "\(Descriptor.filter)", "--landlock",
            "\(version)", "--chdir", folder.input, "--read", folder.input,
        ]
        if let user {
            words += ["--user", "\(user)"]
        } else {
            for input in inputs { words += [input.isProgram ? "--run" : "--read", input.host] }
        }
        if limits.scratch > 0 { words += ["--write", folder.scratch] }
        return try words + readable(in: folder.input) + confinement
            + limits.options(under: hard, program: program, processes: processes)
            + ["--", executable(in: folder.input)] + arguments
    }

    /// Rules for what every program reads: itself, libraries and their data, and devices without a state.
    ///
    /// A program of `/usr/bin` is the one that is run, none else; libraries are read, and the loader alone is run.
    ///
    /// - Parameter folder: where its inputs are, and it itself if it is one of ours.
    func readable(in folder: String) -> [String] {
        var words = ["--run", executable(in: folder)]
        for name in others { words += ["--run", "/usr/bin/" + name] }
        for loader in ["/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1"] { words += ["--run", loader] }
        for folder in ["/usr/lib", "/usr/lib64", "/usr/share", "/lib", "/lib64"] { words += ["--read", folder] }
        if followsAlternatives { words += ["--read", Self.alternatives] }
        for device in ["/dev/zero", "/dev/random", "/dev/urandom"] { words += ["--read", device] }
        return words + ["--device", "/dev/null"]
    }

    var confinement: [String] { startsProcesses ? [] : ["--alone"] }
}
