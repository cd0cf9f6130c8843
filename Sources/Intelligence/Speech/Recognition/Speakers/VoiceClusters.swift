/// Puts vectors of voices together that are one person's: spectral clustering where it is known how many there are; else as many as are
/// clearly unlike each other.
enum VoiceClusters {
    /// Vectors that are compared each with each: 16 MB of distances. Of more, some of all are, and the others go to the nearest.
    private static let most = 2_000
    /// Cosine above which two groups are one person.
    private static let same: Float = 0.75
    /// Fewer vectors than this are a cough, or two people at once, and make nobody of their own.
    private static let least = 4
    private static let mostPeople = 10

    /// - Parameters:
    ///   - vectors: of length one.
    ///   - count: how many people; nil to find it out.
    /// - Returns: a number for each vector, from 0.
    static func labels(of vectors: [[Float]], count: Int?) -> [Int] {
        guard vectors.count > 1, count != 1 else { return vectors.map { _ in 0 } }
        let some = vectors.count <= most ? vectors : (0..<most).map { vectors[$0 * vectors.count / most] }
        let people = min(count ?? found(in: some), some.count)
        guard people > 1 else { return vectors.map { _ in 0 } }
        return refined(vectors, centres(of: people, in: some))
    }

    /// How many people there are, so that each two are clearly unlike each other.
    private static func found(in vectors: [[Float]]) -> Int {
        let tree = WardTree(vectors)
        let enough = max(least, vectors.count / 50)
        var best = 1
        for count in 2...mostPeople where count <= vectors.count {
            let groups = Self.groups(vectors, tree.labels(count)).filter { $0.count >= enough }
            guard groups.count > 1 else { continue }
            let centres = groups.map { Vectors.centre(of: $0) }
            let likeness = centres.indices.flatMap { one in
                centres.indices[(one + 1)...].map { Vectors.product(centres[one], centres[$0]) }
            }
            if (likeness.max() ?? 0) > same { break }
            best = max(best, groups.count)
        }
        return best
    }

    /// One vector for each person.
    private static func centres(of people: Int, in vectors: [[Float]]) -> [[Float]] {
        let tree = WardTree(SpectralEmbedding.rows(of: vectors, width: people))
        // What stands alone is nobody, as long as there are others.
        for count in people..<min(people + 6, vectors.count + 1) {
            let groups = Self.groups(vectors, tree.labels(count)).filter { $0.count >= 2 }
            if groups.count >= people {
                return groups.sorted { $0.count > $1.count }.prefix(people).map { Vectors.centre(of: $0) }
            }
        }
        return Self.groups(vectors, tree.labels(people)).map { Vectors.centre(of: $0) }
    }

    /// Each vector to the nearest centre, which moves to the middle of its own, a few times.
    private static func refined(_ vectors: [[Float]], _ centres: [[Float]]) -> [Int] {
        var (centres, labels) = (centres, [Int]())
        for _ in 0..<6 {
            let next = vectors.map { vector in
                centres.indices.max { Vectors.product(centres[$0], vector) < Vectors.product(centres[$1], vector) } ?? 0
            }
            if next == labels { break }
            labels = next
            for number in centres.indices {
                let own = zip(vectors, labels).filter { $1 == number }.map(\.0)
                if !own.isEmpty { centres[number] = Vectors.centre(of: own) }
            }
        }
        return labels
    }

    private static func groups(_ vectors: [[Float]], _ labels: [Int]) -> [[[Float]]] {
        Dictionary(grouping: zip(labels, vectors), by: \.0).sorted { $0.key < $1.key }.map { $0.value.map(\.1) }
    }
}

/// Sums over vectors.
enum Vectors {
    static func product(_ one: [Float], _ other: [Float]) -> Float {
        var sum: Float = 0
        for place in 0..<min(one.count, other.count) { sum += one[place] * other[place] }
        return sum
    }

    /// The middle of some, of length one.
    static func centre(of vectors: [[Float]]) -> [Float] {
        guard var sum = vectors.first else { return [] }
        for vector in vectors.dropFirst() { for place in sum.indices { sum[place] += vector[place] } }
        return unit(sum)
    }

    static func unit(_ vector: [Float]) -> [Float] {
        let length = product(vector, vector).squareRoot()
        return length > 1e-9 ? vector.map { $0 / length } : vector
    }
}
