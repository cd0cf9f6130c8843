import JSON

/// Says in the document what an answer's `id` is good for: `POST /decks` links to what may be done at `/decks/{id}`.
enum OperationLinks {
    static func add(to paths: inout [(path: String, operations: [(String, JSONValue)])], _ registry: SchemaRegistry) {
        for at in paths.indices {
            for operation in paths[at].operations.indices where paths[at].operations[operation].0 == "post" {
                let links = links(from: paths[at].path, among: paths)
                guard !links.isEmpty else { continue }
                paths[at].operations[operation].1 = linked(paths[at].operations[operation].1, links, registry)
            }
        }
    }

    /// The operations one level below a collection, each with the place of its `id`.
    private static func links(
        from collection: String, among paths: [(path: String, operations: [(String, JSONValue)])]
    ) -> [(String, JSONValue?)] {
        paths.flatMap { path, operations -> [(String, JSONValue?)] in
            guard path.hasPrefix(collection + "/{id}"), !path.dropFirst(collection.count + 5).contains("{") else { return [] }
            return operations.compactMap { _, operation in
                guard case .string(let name)? = operation["operationId"] else { return nil }
                return (name, ["operationId": .string(name), "parameters": ["id": "$response.body#/id"]])
            }
        }
    }

    /// The operation with links in its good answer, where that has an `id`.
    private static func linked(_ operation: JSONValue, _ links: [(String, JSONValue?)], _ registry: SchemaRegistry) -> JSONValue {
        guard case .object(let answers)? = operation["responses"] else { return operation }
        return operation.adding(
            "responses",
            .object(
                answers.map { answer in
                    guard answer.name.hasPrefix("2"),
                        let schema = answer.value["content"]?["application/json"]?["schema"],
                        registry.resolve(schema)["properties"]?["id"] != nil
                    else { return answer }
                    return .init(name: answer.name, value: answer.value.adding("links", .fields(links)))
                }))
    }
}
