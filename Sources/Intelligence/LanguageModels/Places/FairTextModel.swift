package import Ambient

/// A model whose calls take turns by user. Everyone who calls the model goes through the one that stands before it.
package struct FairTextModel: TextModel {
    private let model: any TextModel
    private let places: CallPlaces

    package init(_ model: any TextModel, places: CallPlaces) {
        self.model = model
        self.places = places
    }

    package var name: String { model.name }
    package var contextWindow: Int { model.contextWindow }

    package func complete(_ request: ModelRequest, for user: UserID) -> AsyncThrowingStream<ModelEvent, any Error> {
        places.events(for: user) { [model] in model.complete(request, for: user) }
    }

    package func check() async throws -> ModelStatus { try await model.check() }
}
