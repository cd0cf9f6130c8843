import CCurl
import Mail

/// One conversation with a mail server. Blocking.
struct SMTPTransfer {
    let server: MailServer
    let authorities: String?

    /// What libcurl's callbacks read from and write to.
    private final class Exchange {
        var rest: ArraySlice<UInt8>
        /// The last line by which the server said no.
        var reply = ""

        init(_ bytes: [UInt8]) { rest = bytes[...] }
    }

    func send(_ bytes: [UInt8], from sender: MailAddress, to recipient: MailAddress) throws {
        guard let easy = curl_easy_init(), let recipients = curl_slist_append(nil, "<\(recipient)>") else {
            throw MailFailure(.temporary, "There is no memory for a connection.")
        }
        defer {
            curl_easy_cleanup(easy)
            curl_slist_free_all(recipients)
        }
        let exchange = Exchange(bytes)
        let host = server.host.contains(":") ? "[\(server.host)]" : server.host
        // The path is the name by which we greet the server.
        let url = "\(server.isImplicitlySecure ? "smtps" : "smtp")://\(host):\(server.port)/\(sender.domain)"
        curl_set_string(easy, CURLOPT_URL, url)
        curl_set_string(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        curl_set_string(easy, CURLOPT_PROXY, "")
        curl_set_long(easy, CURLOPT_NOSIGNAL, 1)
        curl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, 15_000)
        curl_set_long(easy, CURLOPT_TIMEOUT_MS, 120_000)
        // To this machine, what is not offered is not needed: nobody is between.
        curl_set_long(easy, CURLOPT_USE_SSL, Int(server.isLoopback ? curl_tls_where_offered : curl_tls_required))
        curl_set_long(easy, CURLOPT_SSL_VERIFYPEER, 1)
        curl_set_long(easy, CURLOPT_SSL_VERIFYHOST, 2)
        if let authorities { curl_set_string(easy, CURLOPT_CAINFO, authorities) }
        if let user = server.user, let password = server.password {
            curl_set_string(easy, CURLOPT_USERNAME, user)
            curl_set_string(easy, CURLOPT_PASSWORD, password)
        }
        curl_set_string(easy, CURLOPT_MAIL_FROM, "<\(sender)>")
        curl_set_list(easy, CURLOPT_MAIL_RCPT, recipients)
        curl_set_long(easy, CURLOPT_UPLOAD, 1)
        let context = Unmanaged.passUnretained(exchange).toOpaque()
        curl_set_data_function(easy, CURLOPT_READFUNCTION) { data, size, count, context in
            guard let data, let context else { return curl_read_abort }
            let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
            let piece = exchange.rest.prefix(size * count)
            exchange.rest = exchange.rest.dropFirst(piece.count)
            piece.withUnsafeBytes { bytes in
                if let base = bytes.baseAddress { UnsafeMutableRawPointer(data).copyMemory(from: base, byteCount: bytes.count) }
            }
            return piece.count
        }
        curl_set_pointer(easy, CURLOPT_READDATA, context)
        // Replies of the server come as headers do.
        curl_set_data_function(easy, CURLOPT_HEADERFUNCTION) { data, size, count, context in
            guard let data, let context else { return 0 }
            let line = String(decoding: UnsafeRawBufferPointer(start: data, count: size * count), as: UTF8.self)
            // What it says to our leave is no reason.
            if line.hasPrefix("4") || line.hasPrefix("5") {
                Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue().reply = line
            }
            return size * count
        }
        curl_set_pointer(easy, CURLOPT_HEADERDATA, context)
        let code = withExtendedLifetime(exchange) { curl_easy_perform(easy) }
        guard code != CURLE_OK else { return }
        var status = 0
        curl_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
        throw failure(code, status: status, reply: exchange.reply)
    }

    private func failure(_ code: CURLcode, status: Int, reply: String) -> MailFailure {
        switch code {
        case CURLE_LOGIN_DENIED:
            return MailFailure(.settings, "The mail server \(server.host) does not take the user and password of LM_SMTP_URL.")
        case CURLE_USE_SSL_FAILED:
            return MailFailure(.settings, "The mail server \(server.host) offers no secure connection.")
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            return MailFailure(
                .settings, "No secure connection to the mail server \(server.host): \(String(cString: curl_easy_strerror(code))).")
        default: break
        }
        let said = Self.printable(reply)
        switch status {
        // 530 and 535 ask for a password: it is not the message that is wrong.
        case 530, 534, 535, 538: return MailFailure(.settings, "The mail server \(server.host) wants to know who we are: \(said)")
        case 500...599: return MailFailure(.refused, "The mail server refused the message: \(said)")
        case 400...499: return MailFailure(.temporary, "The mail server does not take the message now: \(said)")
        default:
            return MailFailure(
                .temporary, "The mail server \(server.host) cannot be reached: \(String(cString: curl_easy_strerror(code))).")
        }
    }

    /// A server's words for a log and for people: without controls, and not long.
    private static func printable(_ reply: String) -> String {
        let visible = reply.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }
        return String(String(String.UnicodeScalarView(visible)).prefix(200))
    }
}
