import Ambient
import FoundationEssentials
import Glibc
import HTTPClient
import OpenID
package import Settings
import Telemetry

/// Which providers this installation signs people in by, and as whom it asks them.
package enum ProviderSettings {
    /// Who we are at a provider.
    struct Client: Sendable {
        let id: String
        /// nil of a public client: PKCE alone protects the code then.
        let secret: String?
    }

    /// A provider that everybody knows.
    struct Preset: Sendable {
        let name: String
        let title: String
        let id: Setting<String?>
        let secret: Setting<String?>
        let secretFile: Setting<String?>

        init(_ name: String, _ title: String, id: String, secret: String, secretFile: String) {
            (self.name, self.title) = (name, title)
            self.id = .optionalText(id, purpose: "This installation's client id at \(title): people may then sign in by it.")
            self.secret = .optionalText(secret, purpose: "The client's secret at \(title).", isSecret: true)
            self.secretFile = .optionalText(secretFile, purpose: "A file with that secret, in its place.")
        }
    }

    // Whole names, so that each is found by searching for it.
    static let google = Preset(
        "google", "Google", id: "LM_GOOGLE_CLIENT_ID", secret: "LM_GOOGLE_CLIENT_SECRET", secretFile: "LM_GOOGLE_CLIENT_SECRET_FILE"
    )
    static let microsoft = Preset(
        "microsoft", "Microsoft", id: "LM_MICROSOFT_CLIENT_ID", secret: "LM_MICROSOFT_CLIENT_SECRET",
        secretFile: "LM_MICROSOFT_CLIENT_SECRET_FILE")
    static let facebook = Preset(
        "facebook", "Facebook", id: "LM_FACEBOOK_CLIENT_ID", secret: "LM_FACEBOOK_CLIENT_SECRET",
        secretFile: "LM_FACEBOOK_CLIENT_SECRET_FILE")
    static let tenant = Setting<String>(
        "LM_MICROSOFT_TENANT", default: "common", form: "common, organizations, consumers or a tenant's id",
        purpose: "Whose accounts at Microsoft may sign in."
    ) { text in text.utf8.allSatisfy { isNameByte($0) || (65...90).contains($0) || $0 == 46 } ? text : nil }
    static let file = Setting.optionalText(
        "LM_SIGN_IN_PROVIDERS", purpose: "A file (JSON) with further providers of OpenID Connect, such as a university's.")

    package static let all: [any AnySetting] =
        [google, microsoft, facebook].flatMap { [$0.id, $0.secret, $0.secretFile] } + [tenant, file]

    /// One of the file.
    private struct Entry: Decodable {
        let name: String
        let title: String
        let issuer: String
        let clientID: String
        let clientSecret: String?
        let clientSecretFile: String?
        let scopes: String?

        enum CodingKeys: String, CodingKey {
            case name, title, issuer, scopes
            case clientID = "client_id"
            case clientSecret = "client_secret"
            case clientSecretFile = "client_secret_file"
        }
    }

    /// - Throws: `SettingsFailure` naming what cannot be used.
    static func providers(
        from source: SettingsSource, ambient: Ambient, logger: Logger
    ) throws -> [any IdentityProvider] {
        let (google, microsoft, facebook) = (
            try client(google, source), try client(microsoft, source), try client(facebook, source)
        )
        let entries = try source.value(file).map { try read($0) } ?? []
        guard google != nil || microsoft != nil || facebook != nil || !entries.isEmpty else { return [] }
        let client = try IssuerClient(logger: logger)
        var providers: [any IdentityProvider] = []
        func add(_ preset: Preset, _ settings: Client?, issuer: String) {
            guard let settings else { return }
            providers.append(
                OpenIDProvider(
                    name: preset.name, title: preset.title, issuer: issuer, client: settings, by: client, ambient: ambient,
                    logger: logger))
        }
        add(Self.google, google, issuer: "https://accounts.google.com")
        add(Self.microsoft, microsoft, issuer: "https://login.microsoftonline.com/\(try source.value(tenant))/v2.0")
        if let facebook { providers.append(FacebookProvider(client: facebook, by: client, logger: logger)) }
        for (entry, settings) in entries {
            guard !providers.contains(where: { $0.name == entry.name }) else { throw fault("names \(entry.name) twice") }
            providers.append(
                OpenIDProvider(
                    name: entry.name, title: entry.title, issuer: entry.issuer, client: settings,
                    scopes: entry.scopes ?? "openid email profile", by: client, ambient: ambient, logger: logger))
        }
        return providers
    }

    private static func client(_ preset: Preset, _ source: SettingsSource) throws(SettingsFailure) -> Client? {
        guard let id = try source.value(preset.id) else { return nil }
        if let secret = try source.value(preset.secret) { return Client(id: id, secret: secret) }
        guard let path = try source.value(preset.secretFile) else {
            throw SettingsFailure(setting: preset.secret.name, reason: "must be set, or \(preset.secretFile.name)")
        }
        return Client(id: id, secret: try secret(at: path, preset.secretFile.name))
    }

    private static func read(_ path: String) throws(SettingsFailure) -> [(Entry, Client)] {
        let entries: [Entry]
        do { entries = try JSONDecoder().decode([Entry].self, from: Data(try bytes(at: path, file.name))) } catch let failure
            as SettingsFailure
        {
            throw failure
        } catch {
            throw fault("must name a file with a list of objects with name, title, issuer, client_id and client_secret")
        }
        var read: [(Entry, Client)] = []
        for entry in entries {
            guard (1...30).contains(entry.name.utf8.count), entry.name.utf8.allSatisfy(isNameByte) else {
                throw fault("has a name that is not of small letters, figures and -")
            }
            guard let url = RequestURL(entry.issuer), url.scheme == "https" || isOfThisMachine(url) else {
                throw fault("has an issuer that is not an https address")
            }
            var secret = entry.clientSecret
            if let path = entry.clientSecretFile { secret = try Self.secret(at: path, file.name) }
            read.append((entry, Client(id: entry.clientID, secret: secret)))
        }
        return read
    }

    /// For who tries it out: nobody stands between us and ourselves.
    private static func isOfThisMachine(_ url: RequestURL) -> Bool {
        url.scheme == "http" && ["localhost", "127.0.0.1", "::1"].contains(url.host)
    }

    private static func secret(at path: String, _ setting: String) throws(SettingsFailure) -> String {
        let text = String(decoding: try bytes(at: path, setting), as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline)
        guard lines.count == 1, let secret = lines.first else {
            throw SettingsFailure(setting: setting, reason: "names a file that is not one line")
        }
        return String(secret)
    }

    /// Blocking, but short: for the start of the program.
    private static func bytes(at path: String, _ setting: String) throws(SettingsFailure) -> [UInt8] {
        var status = stat()
        guard stat(path, &status) == 0, let file = fopen(path, "r") else {
            throw SettingsFailure(setting: setting, reason: "names \(path), which cannot be read")
        }
        defer { fclose(file) }
        guard status.st_mode & 0o077 == 0 else {
            throw SettingsFailure(setting: setting, reason: "names \(path), which others can read; run: chmod 600 \(path)")
        }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes[..<count])
    }

    private static func isNameByte(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (97...122).contains(byte) || byte == 45 }

    private static func fault(_ reason: String) -> SettingsFailure { SettingsFailure(setting: file.name, reason: reason) }
}
