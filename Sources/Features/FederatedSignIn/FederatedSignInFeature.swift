package import Accounts
package import Assembly
package import Cryptography

/// Signing in by other services as the program takes it in.
package struct FederatedSignInFeature: Feature {
    package static let manifest = FeatureManifest(
        "federated-sign-in", service: .auth, after: ["accounts"], migrations: FederatedSignInMigrations.all,
        settings: ProviderSettings.all, events: FederatedSignInEvents.all,
        portability: AccountPortability(
            export: { user, transaction in
                [
                    .init(
                        "linked-identities.json",
                        json: try await LinkedIdentityStore().list(of: user, in: transaction).map { IdentityView($0, title: nil) })
                ]
            }, staying: ["linked_identities": .secret, "sign_in_flows": .secret]))

    package let parts: FeatureParts

    /// - Parameters:
    ///   - seal: of what is kept while a sign-in is under way.
    ///   - address: the app's own, with a slash at its end, which providers send people back to.
    package init(on ground: FeatureGround, accounts: AccountsService, seal: SecretSeal, address: String) throws {
        let providers = try ProviderSettings.providers(from: ground.settings, ambient: ground.ambient, logger: ground.logger)
        let service = FederatedSignInService(
            database: ground.database, accounts: accounts, providers: providers, address: address, outbox: ground.outbox,
            seal: seal, ambient: ground.ambient, logger: ground.logger)
        parts = FeatureParts(routes: [FederatedSignInRoutes(service: service)])
    }
}
