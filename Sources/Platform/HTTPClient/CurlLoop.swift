import CCurl
import Concurrency
import Glibc
import Synchronization

/// The thread that owns libcurl's multi handle and alone calls into it. It lives until `stop`.
// Sendable by hand: `multi`'s only thread-safe call, `curl_multi_wakeup`, is what other threads make; `active` is the thread's own.
final class CurlLoop: @unchecked Sendable {
    private enum Command {
        case start(CurlTransfer)
        case cancel(CurlTransfer)
        case unpause(CurlTransfer)
        case stop
    }

    private static let isReady: Bool = curl_global_init(curl_global_everything) == CURLE_OK

    private let multi: UnsafeMutableRawPointer
    private let commands = Mutex<[Command]>([])
    private var active: [UnsafeMutableRawPointer: CurlTransfer] = [:]

    init(connectionsPerHost: Int) throws(HTTPClientFailure) {
        guard Self.isReady, let multi = curl_multi_init() else { throw HTTPClientFailure(.connect, host: "", detail: "libcurl") }
        self.multi = multi
        curl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, connectionsPerHost)
        curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, 64)
        do {
            try SystemThread.start(name: "http-client", stackSize: 1 << 20) { self.run() }
        } catch {
            throw HTTPClientFailure(.connect, host: "", detail: "\(error)")
        }
    }

    deinit { curl_multi_cleanup(multi) }

    func start(_ transfer: CurlTransfer) { submit(.start(transfer)) }
    func cancel(_ transfer: CurlTransfer) { submit(.cancel(transfer)) }
    func unpause(_ transfer: CurlTransfer) { submit(.unpause(transfer)) }
    func stop() { submit(.stop) }

    private func submit(_ command: Command) {
        commands.withLock { $0.append(command) }
        curl_multi_wakeup(multi)
    }

    // MARK: - On the thread

    private func run() {
        while obey() {
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            collectDone()
            let patience = expireIdle()
            if commands.withLock({ $0.isEmpty }) { curl_multi_poll(multi, nil, 0, patience, nil) }
        }
        for transfer in active.values {
            curl_multi_remove_handle(multi, transfer.easy)
            transfer.ended(CURLE_ABORTED_BY_CALLBACK)
        }
        active = [:]
    }

    /// false when told to stop.
    private func obey() -> Bool {
        let waiting = commands.withLock { commands in
            defer { commands = [] }
            return commands
        }
        for command in waiting {
            switch command {
            case .start(let transfer):
                guard !transfer.isCancelled else { continue }
                active[transfer.easy] = transfer
                if curl_multi_add_handle(multi, transfer.easy) != CURLM_OK { finish(transfer, CURLE_FAILED_INIT) }
            case .cancel(let transfer): if active[transfer.easy] != nil { finish(transfer, CURLE_ABORTED_BY_CALLBACK) }
            case .unpause(let transfer): if active[transfer.easy] != nil { transfer.unpause() }
            case .stop: return false
            }
        }
        return true
    }

    private func collectDone() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle, let transfer = active[easy] else {
                continue
            }
            finish(transfer, curl_message_result(message))
        }
    }

    /// Ends what has been silent for too long; returns for how many milliseconds to poll.
    private func expireIdle() -> Int32 {
        let now = ContinuousClock.now
        var nearest = Duration.seconds(10)
        for transfer in Array(active.values) {
            guard let left = transfer.idleTimeLeft(at: now) else { continue }
            if left <= .zero {
                transfer.isIdle = true
                finish(transfer, CURLE_OPERATION_TIMEDOUT)
            } else {
                nearest = min(nearest, left)
            }
        }
        return Int32(nearest / .milliseconds(1)) + 1
    }

    private func finish(_ transfer: CurlTransfer, _ code: CURLcode) {
        curl_multi_remove_handle(multi, transfer.easy)
        active[transfer.easy] = nil
        transfer.ended(code)
    }
}
