import CLinux
import Glibc

/// How one run is started within its walls, and how it is ended.
struct SandboxLaunch {
    let words: [String]
    /// `NAME=value`, of the first program of `words`.
    let environment: [String]
    /// Files that it is handed as descriptors, from `SandboxCommand.Descriptor.confine` up.
    let files: [String]
    /// What is its own on the disk; nil under bubblewrap, which has all of it in memory.
    let folder: SandboxFolder?
    /// Whether a supervisor ends the program and what it started when it is asked to. bubblewrap's process namespace dies with it.
    let isSupervised: Bool

    /// - Parameters:
    ///   - walls: at least one.
    ///   - landlock: the newest ABI to use.
    ///   - number: whom to become, as `user` gave it for this run; nil to stay.
    init(_ command: SandboxCommand, as user: SandboxUser, number: UInt32?, within walls: Set<SandboxWall>, landlock: Int)
        throws(SandboxFailure)
    {
        let command = try command.carryingItself()
        guard let confine = OwnProgram.path(Sandbox.confine) else { throw SandboxFailure(.missing, program: Sandbox.confine) }
        if walls.contains(.bubblewrap) {
            words = try command.underBubblewrap(
                becoming: number, under: .ofThisProcess(), landlock: walls.contains(.landlock) ? landlock : 0)
            environment = []
            files = [confine] + (number == nil ? [] : command.inputs.map(\.host))
            (folder, isSupervised) = (nil, false)
        } else {
            let folder = try SandboxFolder(for: command, as: number)
            words = try command.underLandlock(
                landlock, by: confine, in: folder, becoming: number, isOwn: user == .dedicated, parent: getpid(),
                under: .ofThisProcess())
            environment = SandboxCommand.environment(home: folder.scratch).map { $0.name + "=" + $0.value }
            files = []
            (self.folder, isSupervised) = (folder, true)
        }
    }

    /// Asks for the end of the whole tree. The process must not have been reaped.
    func end(_ pid: pid_t) {
        if isSupervised {
            kill(pid, SIGTERM)
        } else {
            kill(-pid, SIGKILL)
            kill(pid, SIGKILL)
        }
    }
}
