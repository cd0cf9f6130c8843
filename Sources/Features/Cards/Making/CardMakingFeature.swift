package import Assembly

/// Cards made of texts. Apart from the cards themselves, whose process needs no model for them.
package struct CardMakingFeature: Feature {
    package static let manifest = FeatureManifest(
        "card-making", service: .llm, after: ["cards", "jobs"], queues: [CardMaker.queue])

    package let parts: FeatureParts

    /// - Parameters:
    ///   - cards: where decks and cards are kept.
    ///   - drafting: drafts cards from texts.
    package init(on ground: FeatureGround, cards: CardsFeature, drafting: CardDrafting) {
        let maker = CardMaker(
            database: ground.database, decks: cards.decks, cards: cards.cards, jobs: ground.jobs, drafting: drafting)
        parts = FeatureParts(handlers: [maker.handler], tools: [CardTools.tool(maker)])
    }
}
