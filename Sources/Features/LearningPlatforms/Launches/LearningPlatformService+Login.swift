import Ambient
import Cryptography
import Database
import FoundationEssentials
import OpenID
import Telemetry

/// The way into a launch: the platform's first word, and its signed answer (LTI 1.3 Security, 5.1.1).
extension LearningPlatformService {
    /// What a platform begins with.
    struct Login: Sendable {
        let issuer: String
        let hint: String
        let target: String
        var clientID: String?
        var deployment: String?
        var messageHint: String?

        /// nil where what must be there is not.
        init?(_ fields: [String: String]) {
            guard let issuer = fields["iss"], let hint = fields["login_hint"], let target = fields["target_link_uri"],
                !issuer.isEmpty, !hint.isEmpty
            else { return nil }
            (self.issuer, self.hint, self.target) = (issuer, hint, target)
            (clientID, deployment) = (fields["client_id"], fields["lti_deployment_id"])
            messageHint = fields["lti_message_hint"]
        }
    }

    /// Which platform it is that begins. Of an issuer with several clients the client must be named, or follow from the deployment.
    func platform(of login: Login) async throws -> LearningPlatform {
        guard isOurs(login.target) else { throw LearningPlatformsFailure.target }
        var known = try await database.read(as: .system) { try await store.of(issuer: login.issuer, in: $0) }
        if let client = login.clientID { known = known.filter { $0.clientID == client } }
        if known.count > 1, let deployment = login.deployment { known = known.filter { $0.deployments.contains(deployment) } }
        guard known.count == 1, let platform = known.first else { throw LearningPlatformsFailure.unknownPlatform }
        if let deployment = login.deployment, !platform.deployments.contains(deployment) {
            throw LearningPlatformsFailure.deployment(platform.name, deployment)
        }
        return platform
    }

    /// Begins a launch in a browser; returns where that goes.
    ///
    /// - Parameters:
    ///   - binding: the secret that only this browser has.
    ///   - ticket: that of a page within the platform, which waits for what is chosen.
    func begin(_ login: Login, at platform: LearningPlatform, binding: String, ticket: String?) async throws -> String {
        let state = LaunchBinding.make()
        let now = ambient.now()
        try await database.transaction(as: .system) {
            try await launches.insert(
                ambient.newID(), platform: platform.id, state: LaunchBinding.digest(state), browser: LaunchBinding.digest(binding),
                ticket: ticket.map(LaunchBinding.digest), at: now, until: now.addingTimeInterval(Launch.lifetime), in: $0)
        }
        var fields = [
            (name: "scope", value: "openid"), ("response_type", "id_token"), ("response_mode", "form_post"), ("prompt", "none"),
            ("client_id", platform.clientID), ("redirect_uri", redirectURL), ("login_hint", login.hint), ("state", state),
            ("nonce", LaunchBinding.nonce(of: state)),
        ]
        if let hint = login.messageHint { fields.append(("lti_message_hint", hint)) }
        return FormFields.append(fields, to: platform.authorizationURL)
    }

    /// Takes a platform's answer, once, and keeps what it says until the browser that began comes with its cookie.
    func answer(state: String, token: String?, error: String?) async throws {
        let digest = LaunchBinding.digest(state)
        let (launch, platform) = try await database.transaction(as: .system) { transaction in
            let now = ambient.now()
            guard let launch = try await launches.find(state: digest, in: transaction), launch.expiresAt > now,
                let platform = try await store.find(launch.platform, in: transaction)
            else { throw LearningPlatformsFailure.lost }
            guard launch.answeredAt == nil else { throw LearningPlatformsFailure.spent }
            try await launches.note(answered: now, launch.id, in: transaction)
            return (launch, platform)
        }
        guard error == nil, let token else { throw LearningPlatformsFailure.denied(platform.name) }
        let message = try await believed(token, nonce: LaunchBinding.nonce(of: state), from: platform)
        let told = seal.seal(Array(try JSONEncoder().encode(message)), place: Launch.place(launch.id))
        try await database.transaction(as: .system) { try await launches.note(told: told, launch.id, in: $0) }
    }

    /// What a token says, once all of it has been checked.
    private func believed(_ text: String, nonce: String, from platform: LearningPlatform) async throws -> LaunchMessage {
        guard let token = ForeignToken(text) else { throw refusal("form", platform) }
        let keys: [SignatureKey]
        do throws(OpenIDFailure) {
            keys = try await platformKeys.keys(for: token, of: platform)
        } catch {
            logger.warning("a platform's keys cannot be read", ["platform": "\(platform.id)", "reason": error.reason])
            throw LearningPlatformsFailure.down(platform.name)
        }
        do throws(IDToken.Fault) {
            _ = try IDToken(
                token, keys: keys,
                expecting: .init(issuer: platform.issuer, clientID: platform.clientID, nonce: nonce, now: ambient.now()))
        } catch { throw refusal(error.rawValue, platform) }
        do throws(LaunchMessage.Fault) {
            return try LaunchMessage(
                payload: token.payload, deployments: platform.deployments, isOurs: isOurs, permits: client.permits)
        } catch {
            logger.notice("launch refused", ["platform": "\(platform.id)", "reason": "\(error)"])
            switch error {
            case .deployment(let id): throw LearningPlatformsFailure.deployment(platform.name, id)
            case .kind, .version: throw LearningPlatformsFailure.message(platform.name)
            case .target: throw LearningPlatformsFailure.target
            case .form, .resource, .returnAddress: throw LearningPlatformsFailure.notBelieved(platform.name)
            }
        }
    }

    private func refusal(_ reason: String, _ platform: LearningPlatform) -> LearningPlatformsFailure {
        logger.notice("launch refused", ["platform": "\(platform.id)", "reason": reason])
        return .notBelieved(platform.name)
    }

    func told(_ launch: Launch) throws -> LaunchMessage {
        guard let told = launch.told else { throw LearningPlatformsFailure.lost }
        return try JSONDecoder().decode(LaunchMessage.self, from: Data(try seal.open(told, place: Launch.place(launch.id))))
    }
}
