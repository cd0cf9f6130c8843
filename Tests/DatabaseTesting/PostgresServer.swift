import CLinux
import Concurrency
package import Failures
import FoundationEssentials
import Glibc

/// A real PostgreSQL server in a temporary folder, reached by a Unix socket.
///
/// A shell script keeps it: it reads commands from a socket whose other end this process holds, so when this process ends, in whatever
/// way, the script stops the server and removes the folder.
package final class PostgresServer: Sendable {
    /// The folder of the data and the socket.
    private let folder: String
    private let commands: Int32

    /// Makes a cluster and starts the server; takes about two seconds.
    package static func start() async throws -> PostgresServer {
        let pool = BlockingPool(name: "postgres-test", threads: 1)
        let server = try await pool.run { try PostgresServer() }
        try await server.waitUntilReady()
        return server
    }

    /// The server's administrator.
    package var adminURL: String { url(user: "postgres", database: "postgres") }

    package func url(user: String, database: String) -> String { "postgresql://\(user)@/\(database)?host=\(folder)/socket" }

    /// Stops the server as a crash would: sessions are cut, nothing is flushed.
    package func crash() async throws {
        send("stop")
        while FileManager.default.fileExists(atPath: "\(folder)/running") { try await Task.sleep(for: .milliseconds(10)) }
    }

    package func restart() async throws {
        send("start")
        try await waitUntilReady()
    }

    /// Stops the server for good and removes its folder.
    package func end() { close(commands) }

    private init() throws {
        let version = try Self.programs()
        folder = "/tmp/lm-postgres-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        var ends: [Int32] = [0, 0]
        // Close-on-exec from the start, so that no other child holds our end open.
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw PostgresServerFailure(reason: "no socket pair") }
        commands = ends[1]
        defer { close(ends[0]) }

        // initdb and postgres refuse to run as root.
        let user = getuid() == 0 ? ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : []
        let arguments = user + ["/bin/sh", "-c", Self.script, "sh", version, folder]
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        // Files and sockets that C libraries opened here would use up what the server may open itself.
        linux_spawn_close_from(&actions, 3)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A session of its own: Ctrl-C at the tests must not reach the script before it has cleaned up.
        posix_spawnattr_setflags(&attributes, 0x80)  // POSIX_SPAWN_SETSID
        var list = arguments.map { strdup($0) } + [nil]
        defer { list.forEach { free($0) } }
        var environment = [strdup("PATH=/usr/bin:/bin"), strdup("LC_ALL=C.UTF-8"), nil]
        defer { environment.forEach { free($0) } }
        var child = pid_t()
        let code = posix_spawn(&child, arguments[0], &actions, &attributes, &list, &environment)
        guard code == 0 else { throw PostgresServerFailure(reason: String(cString: strerror(code))) }
        // Swift Testing's watcher of exit tests looks at the oldest child that has ended: one that nobody waits for would hide all later
        // ones from it, and their tests would never end.
        try SystemThread.start(name: "postgres-end") { [child] in
            while waitpid(child, nil, 0) < 0, errno == EINTR {}
        }
    }

    private static let script = """
        bin=$1 dir=$2
        umask 077
        cd /tmp
        mkdir -p "$dir/socket"
        "$bin/initdb" -D "$dir/data" -U postgres --auth=trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/log" 2>&1 || touch "$dir/failed"
        chmod 755 "$dir" "$dir/socket"
        start() {
            "$bin/postgres" -D "$dir/data" -k "$dir/socket" -c listen_addresses= -c unix_socket_permissions=0777 \\
                -c fsync=off -c full_page_writes=off -c max_connections=300 \\
                -c shared_buffers=64MB -c autovacuum=off -c max_wal_size=256MB -c shared_memory_type=mmap \\
                -c dynamic_shared_memory_type=mmap -c jit=off >>"$dir/log" 2>&1 </dev/null &
            pid=$!
            touch "$dir/running"
        }
        stop() { kill -QUIT $pid; wait $pid; rm -f "$dir/running"; }
        start
        while read -r command; do $command; done
        kill -QUIT $pid; wait $pid
        rm -rf "$dir"
        """

    private static func programs() throws -> String {
        for version in stride(from: 18, through: 15, by: -1) {
            let folder = "/usr/lib/postgresql/\(version)/bin"
            if FileManager.default.fileExists(atPath: "\(folder)/initdb") { return folder }
        }
        throw PostgresServerFailure(reason: "PostgreSQL is not installed (apt-get install postgresql)")
    }

    private func send(_ command: String) { _ = "\(command)\n".withCString { write(commands, $0, strlen($0)) } }

    private func waitUntilReady() async throws {
        // As long as a busy machine takes.
        let deadline = ContinuousClock.now + .seconds(180)
        let probe = PostgresProbe(url: adminURL)
        while await !probe.answers() {
            if FileManager.default.fileExists(atPath: "\(folder)/failed") || ContinuousClock.now > deadline {
                let log = (try? String(contentsOfFile: "\(folder)/log", encoding: .utf8)) ?? ""
                end()
                throw PostgresServerFailure(reason: "the server does not start: \(log.suffix(2000))")
            }
            try await Task.sleep(for: .milliseconds(30))
        }
    }
}

package struct PostgresServerFailure: Failure {
    package let reason: String
    package var code: FailureCode { .unavailable }
    package var message: String { "The test server: \(reason)" }
}
