import HTTPClient
import HTTPMessages
import ScriptedServing
import Testing

@Suite(.timeLimit(.minutes(3)))
struct DestinationPolicyTests {
    @Test(
        "Addresses of the open internet",
        arguments: [
            "8.8.8.8", "1.1.1.1", "93.184.216.34", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1",
        ])
    func open(address: String) throws { #expect(try #require(InternetAddress(address)).isPublic) }

    @Test(
        "Addresses that users must not reach through us",
        arguments: [
            "0.0.0.0", "0.1.2.3", "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1",
            "100.127.255.255", "169.254.169.254", "168.63.129.16", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1",
            "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1",
            "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::",
            "2002:a9fe:a9fe::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "2001::1", "fec0::1", "100::1",
        ])
    func closed(address: String) throws { #expect(try !#require(InternetAddress(address)).isPublic) }

    @Test(
        "URLs that a public client refuses before it connects",
        arguments: [
            "http://127.0.0.1/", "http://localhost/", "http://a.localhost/", "http://[::1]/", "http://2130706433/",
            "http://0x7f.1/",
            "http://017700000001/", "http://127.1/", "http://printer.local/", "http://metadata.google.internal/",
            "http://169.254.169.254/latest/meta-data", "http://[::ffff:127.0.0.1]/", "http://8.8.8.8:22/", "https://8.8.8.8:6379/",
            "http://user:pass@127.0.0.1/", "http://127.0.0.1./", "http://LOCALHOST/",
        ])
    func refused(url: String) async throws {
        let client = try quickClient {
            $0.policy = .publicInternet
            $0.retry = .never
        }
        let found = await kind { _ = try await client.send(ClientRequest(.get, url)) }
        guard case .refused = found else { return #expect(Bool(false), "\(url): \(String(describing: found))") }
    }

    @Test(
        "What is no web address is refused by either policy",
        arguments: [
            "", "nonsense", "file:///etc/passwd", "gopher://x/", "ftp://x/", "http://", "http://a b/", "http://x/\r\nHost: y",
        ])
    func invalid(url: String) async throws {
        switch await kind(of: { _ = try await quickClient().send(ClientRequest(.get, url)) }) {
        case .invalidURL, .refused: break
        case let other: #expect(Bool(false), "\(url): \(String(describing: other))")
        }
    }

    @Test("A name is judged by the address that the socket would go to")
    func rebinding() async throws {
        // Every machine resolves its own name, or `ip6-localhost`, to an address that no check of the name would catch.
        let client = try quickClient {
            $0.policy = .publicInternet
            $0.retry = .never
        }
        let found = await kind { _ = try await client.send(ClientRequest(.get, "http://ip6-localhost/")) }
        #expect(found == .refused("it leads to a local address") || found == .unresolved)
    }

    @Test("A redirect to a local address is refused")
    func redirectHop() async throws {
        let server = try ScriptedServer { connection, _ in connection.respond(302, ["Location": "ftp://127.0.0.1/x"]) }
        let client = try quickClient { $0.redirects = 2 }
        #expect(
            await kind { _ = try await client.send(ClientRequest(.get, server.url)) } == .refused("only http and https are allowed")
        )
    }
}
