import Glibc
import HTTPMessages
import HTTPServing

/// Turns a response's head into bytes and adds what belongs to the connection.
enum ResponseHead {
    enum Framing {
        /// 204 and 304 have neither body nor length; a stream's answer to HEAD has no length to tell.
        case none
        case length(Int)
        case chunked
        /// What follows the head is another protocol.
        case upgrade
        /// The end of the connection is the end of the body.
        case untilClose
    }

    /// The statuses whose responses have no body whatever the handler gives.
    static func isBodiless(_ status: Int) -> Bool { status < 200 || status == 204 || status == 304 }

    static func bytes(
        _ response: HTTPResponse, framing: Framing, keepsAlive: Bool, minorVersion: Int, date: [UInt8], reserving extra: Int
    ) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(256 + extra)
        out.append(contentsOf: "HTTP/1.1 ".utf8)
        appendNumber(response.status, to: &out)
        out.append(ByteClass.space)
        reason(response.status).withUTF8Buffer { out.append(contentsOf: $0) }
        out.append(contentsOf: "\r\n".utf8)
        var hasDate = false
        for (name, value) in response.headers.fields {
            switch name.utf8.count {
            case 4: hasDate = hasDate || HTTPHeaders.same(name, "date")
            case 10: if HTTPHeaders.same(name, "connection") { continue }
            case 14: if HTTPHeaders.same(name, "content-length") { continue }
            case 17: if HTTPHeaders.same(name, "transfer-encoding") { continue }
            default: break
            }
            append(name, value, to: &out)
        }
        switch framing {
        case .none, .untilClose: break
        case .upgrade: out.append(contentsOf: "Connection: Upgrade\r\n".utf8)
        case .length(let length):
            out.append(contentsOf: "Content-Length: ".utf8)
            appendNumber(length, to: &out)
            out.append(contentsOf: "\r\n".utf8)
        case .chunked: out.append(contentsOf: "Transfer-Encoding: chunked\r\n".utf8)
        }
        if !hasDate {
            out.append(contentsOf: "Date: ".utf8)
            out.append(contentsOf: date)
            out.append(contentsOf: "\r\n".utf8)
        }
        if !keepsAlive {
            out.append(contentsOf: "Connection: close\r\n".utf8)
        } else if minorVersion == 0 {
            out.append(contentsOf: "Connection: keep-alive\r\n".utf8)
        }
        out.append(contentsOf: "\r\n".utf8)
        return out
    }

    /// A field whose name is no token is left out, and a line break in a value becomes a space: no value can begin a new header.
    private static func append(_ name: String, _ value: String, to out: inout [UInt8]) {
        // Over bytes in one piece, which a text gives without copying.
        var (name, value) = (name, value)
        let isToken = name.withUTF8 { bytes in
            guard !bytes.isEmpty, bytes.allSatisfy(ByteClass.isToken) else { return false }
            out.append(contentsOf: bytes)
            return true
        }
        guard isToken else { return }
        out.append(contentsOf: ": ".utf8)
        value.withUTF8 { bytes in
            if bytes.allSatisfy(ByteClass.isFieldValue) {
                out.append(contentsOf: bytes)
            } else {
                for byte in bytes { out.append(ByteClass.isFieldValue(byte) ? byte : ByteClass.space) }
            }
        }
        out.append(contentsOf: "\r\n".utf8)
    }

    static func appendNumber(_ value: Int, to out: inout [UInt8]) {
        if value >= 10 { appendNumber(value / 10, to: &out) }
        out.append(UInt8(48 + value % 10))
    }

    /// The size line of a chunk.
    static func appendChunkSize(_ size: Int, to out: inout [UInt8]) {
        out.append(contentsOf: String(size, radix: 16).utf8)
        out.append(contentsOf: "\r\n".utf8)
    }

    private static func reason(_ status: Int) -> StaticString {
        switch status {
        case 101: "Switching Protocols"
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 206: "Partial Content"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 303: "See Other"
        case 304: "Not Modified"
        case 307: "Temporary Redirect"
        case 308: "Permanent Redirect"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 410: "Gone"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 415: "Unsupported Media Type"
        case 416: "Range Not Satisfiable"
        case 426: "Upgrade Required"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        case 507: "Insufficient Storage"
        default: "Status"
        }
    }
}
