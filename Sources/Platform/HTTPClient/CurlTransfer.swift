import CCurl
import Glibc
import HTTPMessages
import Synchronization

/// One exchange: owns its easy handle and header list, which are freed when the last reference goes.
// Sendable by hand: after `start` only the loop's thread touches the handle and the `var`s; the pipes are safe to share.
final class CurlTransfer: @unchecked Sendable {
    let easy: UnsafeMutableRawPointer
    private let pipe = DownloadPipe()
    private let upload: UploadPipe?
    private let nextPiece: (@Sendable () async throws -> [UInt8]?)?
    private let loop: CurlLoop
    private let url: RequestURL
    private let policy: DestinationPolicy
    private let limit: Int
    private let idle: Duration?
    private var list: UnsafeMutablePointer<curl_slist>?
    private var body: UnsafeMutablePointer<UInt8>?
    private var lastActivity = ContinuousClock.now
    private var received = 0
    private var isTooLarge = false
    private var refusal: String?
    private var partialHead: ResponseHead?
    private var hasHead = false
    /// Set by the loop when it ends the transfer for silence.
    var isIdle = false

    init(_ request: ClientRequest, to url: RequestURL, configuration: HTTPClientConfiguration, loop: CurlLoop)
        throws(HTTPClientFailure)
    {
        guard let easy = curl_easy_init() else { throw HTTPClientFailure(.connect, host: url.host, detail: "no handle") }
        self.easy = easy
        self.loop = loop
        self.url = url
        policy = configuration.policy
        limit = request.responseLimit ?? configuration.responseLimit
        let timeouts = request.timeouts ?? configuration.timeouts
        idle = timeouts.idle
        if case .stream(_, let next) = request.body {
            upload = UploadPipe()
            nextPiece = next
        } else {
            upload = nil
            nextPiece = nil
        }
        func milliseconds(_ duration: Duration?) -> Int { duration.map { max(1, Int($0 / .milliseconds(1))) } ?? 0 }
        curl_set_string(easy, CURLOPT_URL, url.text)
        curl_set_string(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        curl_set_string(easy, CURLOPT_USERAGENT, configuration.userAgent)
        curl_set_long(easy, CURLOPT_NOSIGNAL, 1)
        // A name is looked up on a thread that libcurl starts. A transfer that ends before its lookup leaves that thread to itself;
        // else libcurl waits for it, on the one thread that carries all transfers.
        curl_set_long(easy, CURLOPT_QUICK_EXIT, 1)
        curl_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
        curl_set_long(easy, CURLOPT_SSL_VERIFYPEER, 1)
        curl_set_long(easy, CURLOPT_SSL_VERIFYHOST, 2)
        curl_set_long(easy, CURLOPT_TCP_NODELAY, 1)
        curl_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        curl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(timeouts.connect))
        curl_set_long(easy, CURLOPT_TIMEOUT_MS, milliseconds(timeouts.total))
        if policy == .publicInternet || !configuration.usesProxyOfEnvironment { curl_set_string(easy, CURLOPT_PROXY, "") }
        try setBody(of: request)
        for field in request.headers.fields { try addHeader(field.name, field.value) }
        // Without these libcurl waits for a go-ahead before larger bodies, and names a form type of its own.
        try addHeader("Expect", "")
        if request.headers["Content-Type"] == nil { try addHeader("Content-Type", "") }
        curl_set_list(easy, CURLOPT_HTTPHEADER, list)
        setCallbacks()
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(list)
        body?.deallocate()
    }

    // MARK: - The caller's side

    /// Returns when the head of the response has come and a streamed request body is sent, or refused by the status.
    func start() async throws -> ResponseHead {
        try await withTaskCancellationHandler {
            try Task.checkCancellation()
            loop.start(self)
            guard let upload, let nextPiece else { return try await pipe.head() }
            return try await withThrowingTaskGroup(of: ResponseHead?.self) { group in
                group.addTask {
                    try await upload.pump(nextPiece) { self.loop.unpause(self) }
                    return nil
                }
                group.addTask { try await self.pipe.head() }
                defer { group.cancelAll() }
                var early: ResponseHead?
                while let result = await group.nextResult() {
                    switch result {
                    case .success(.some(let head)):
                        early = head
                        // The server said no before it took the whole body: the rest is not sent.
                        if head.status >= 300 {
                            upload.close()
                            return head
                        }
                    case .success(nil): continue
                    case .failure(let error):
                        abandon()
                        throw error
                    }
                }
                guard let early else { throw CancellationError() }
                return early
            }
        } onCancel: {
            abandon()
        }
    }

    func nextChunk() async throws -> [UInt8]? {
        try await withTaskCancellationHandler {
            try await pipe.next { loop.unpause(self) }
        } onCancel: {
            abandon()
        }
    }

    /// Ends it, if it has not ended.
    func abandon() {
        guard !pipe.isEnded else { return }
        pipe.cancel()
        upload?.close()
        loop.cancel(self)
    }

    var isCancelled: Bool { pipe.isEnded }

    // MARK: - The loop's side

    func unpause() {
        lastActivity = .now
        let receive = pipe.isPaused ? CURLPAUSE_RECV : 0
        let send = upload?.isStarved == true ? CURLPAUSE_SEND : 0
        curl_easy_pause(easy, receive | send)
    }

    /// nil while it is held back on purpose.
    func idleTimeLeft(at now: ContinuousClock.Instant) -> Duration? {
        guard let idle, !pipe.isPaused, upload?.isStarved != true else { return nil }
        return idle - (now - lastActivity)
    }

    func ended(_ code: CURLcode) {
        upload?.close()
        pipe.end(code == CURLE_OK ? .success(()) : .failure(failure(of: code)))
    }

    private func failure(of code: CURLcode) -> HTTPClientFailure {
        let kind: HTTPClientFailure.Kind
        switch code {
        case _ where refusal != nil: kind = .refused(refusal ?? "")
        case _ where isTooLarge: kind = .tooLarge(limit: limit)
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: kind = .invalidURL
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: kind = .unresolved
        case CURLE_COULDNT_CONNECT: kind = .connect
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            kind = .tls
        case CURLE_OPERATION_TIMEDOUT:
            var connected = 0.0
            curl_get_double(easy, CURLINFO_PRETRANSFER_TIME, &connected)
            kind = .timeout(isIdle ? .idle : connected == 0 ? .connect : .total)
        default: kind = .broken
        }
        return HTTPClientFailure(kind, host: url.host, detail: String(cString: curl_easy_strerror(code)))
    }

    // MARK: - Setting up

    private func setBody(of request: ClientRequest) throws(HTTPClientFailure) {
        switch request.body {
        case .none where request.method == .head: curl_set_long(easy, CURLOPT_NOBODY, 1)
        case .none where request.method == .get || request.method == .delete || request.method == .options:
            curl_set_long(easy, CURLOPT_HTTPGET, 1)
        case .none: setBytes([])
        case .bytes(let bytes): setBytes(bytes)
        case .stream(let length, _):
            curl_set_long(easy, CURLOPT_UPLOAD, 1)
            curl_set_offset(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(length ?? -1))
            if length == nil { try addHeader("Transfer-Encoding", "chunked") }
        }
        if request.method != .head { curl_set_string(easy, CURLOPT_CUSTOMREQUEST, request.method.rawValue) }
    }

    private func setBytes(_ bytes: [UInt8]) {
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
        copy.initialize(from: bytes, count: bytes.count)
        body = copy
        curl_set_long(easy, CURLOPT_POST, 1)
        curl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count))
        curl_set_pointer(easy, CURLOPT_POSTFIELDS, copy)
    }

    /// An empty value takes away a header that libcurl would send of itself.
    private func addHeader(_ name: String, _ value: String) throws(HTTPClientFailure) {
        // A line break would begin a header, or a request, of the caller's choice.
        guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x3A }),
            value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 })
        else { throw HTTPClientFailure(.invalidURL, host: url.host, detail: "a header holds control bytes") }
        list = curl_slist_append(list, value.isEmpty ? "\(name):" : "\(name): \(value)")
    }

    private func setCallbacks() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        curl_set_data_function(easy, CURLOPT_WRITEFUNCTION) { data, size, count, context in
            guard let data, let context else { return 0 }
            return Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue().received(data, size * count)
        }
        curl_set_pointer(easy, CURLOPT_WRITEDATA, context)
        curl_set_data_function(easy, CURLOPT_HEADERFUNCTION) { data, size, count, context in
            guard let data, let context else { return 0 }
            return Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue().receivedHeader(data, size * count)
        }
        curl_set_pointer(easy, CURLOPT_HEADERDATA, context)
        if upload != nil {
            curl_set_data_function(easy, CURLOPT_READFUNCTION) { data, size, count, context in
                guard let data, let context else { return curl_read_abort }
                return Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue().wanted(data, size * count)
            }
            curl_set_pointer(easy, CURLOPT_READDATA, context)
        }
        curl_set_open_function(easy) { context, _, address in
            guard let context, let address else { return curl_no_socket }
            return Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue().openSocket(address)
        }
        curl_set_pointer(easy, CURLOPT_OPENSOCKETDATA, context)
    }

    // MARK: - Called by libcurl

    private func received(_ data: UnsafeMutablePointer<CChar>, _ count: Int) -> Int {
        lastActivity = .now
        guard received + count <= limit else {
            isTooLarge = true
            return 0
        }
        let bytes = UnsafeBufferPointer(start: UnsafeRawPointer(data).assumingMemoryBound(to: UInt8.self), count: count)
        guard pipe.deliver(bytes) else { return curl_write_pause }
        received += count
        return count
    }

    private func receivedHeader(_ data: UnsafeMutablePointer<CChar>, _ count: Int) -> Int {
        lastActivity = .now
        // Trailers come here too, after the head.
        guard !hasHead else { return count }
        var line = String(decoding: UnsafeRawBufferPointer(start: data, count: count), as: UTF8.self)
        while let last = line.unicodeScalars.last, last == "\r" || last == "\n" { line.unicodeScalars.removeLast() }
        if line.hasPrefix("HTTP/") {
            let status = line.split(separator: " ", maxSplits: 2).dropFirst().first.flatMap { Int($0) }
            partialHead = ResponseHead(status: status ?? 0, headers: [:])
        } else if line.isEmpty {
            // 1xx is followed by the real head.
            if let head = partialHead, head.status >= 200 {
                hasHead = true
                pipe.deliver(head)
            }
        } else if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...].trimmingOptionalWhitespace
            partialHead?.headers.append(String(line[..<colon]), String(value))
        }
        return count
    }

    private func wanted(_ data: UnsafeMutablePointer<CChar>, _ limit: Int) -> Int {
        guard let upload else { return curl_read_abort }
        lastActivity = .now
        switch upload.read(limit) {
        case .bytes(let bytes):
            UnsafeMutableRawPointer(data).copyMemory(from: bytes, byteCount: bytes.count)
            return bytes.count
        case .end: return 0
        case .wait: return curl_read_pause
        }
    }

    private func openSocket(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        let target = curl_socket_address(address)
        if let objection = policy.objection(to: target.flatMap { InternetAddress($0) }) {
            refusal = objection
            return curl_no_socket
        }
        refusal = nil
        return socket(
            address.pointee.family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue), address.pointee.protocol)
    }
}
