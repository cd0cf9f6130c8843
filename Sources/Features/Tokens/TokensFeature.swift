package import Accounts
package import Assembly
import HTTPServing

/// Tokens as the program takes them in. Every process makes it: they are shown wherever requests are answered.
package struct TokensFeature: Feature {
    package static let manifest = FeatureManifest(
        "tokens", service: .auth, after: ["accounts"], migrations: TokensMigrations.all, events: TokensEvents.all,
        portability: AccountPortability(
            export: { user, transaction in
                let tokens = try await PersonalTokenStore().list(of: user, in: transaction)
                return [.init("personal-tokens.json", json: tokens.map { PersonalTokenView($0) })]
            }, staying: ["personal_tokens": .secret]))

    package let service: PersonalTokenService
    package let parts: FeatureParts

    package init(on ground: FeatureGround, accounts: AccountsService) {
        service = PersonalTokenService(
            database: ground.database, accounts: accounts, outbox: ground.outbox, ambient: ground.ambient)
        parts = FeatureParts(routes: [PersonalTokenRoutes(service: service)])
    }
}
