/// Joins vectors by Ward's method: always the two groups whose joining adds least to the distances from their middles. By chains of
/// nearest neighbours, in time and memory of the square of their number.
struct WardTree {
    private struct Joining {
        let one, other: Int
        let height: Float
    }

    private let count: Int
    /// The lowest first.
    private let joinings: [Joining]

    init(_ vectors: [[Float]]) {
        let count = vectors.count
        self.count = count
        var distances = [Float](repeating: 0, count: count * count)
        for one in 0..<count {
            for other in one + 1..<max(count, one + 1) {
                var sum: Float = 0
                for place in 0..<vectors[one].count {
                    let difference = vectors[one][place] - vectors[other][place]
                    sum += difference * difference
                }
                distances[one * count + other] = sum
                distances[other * count + one] = sum
            }
        }
        var sizes = [Float](repeating: 1, count: count)
        var isOpen = [Bool](repeating: true, count: count)
        var (chain, made) = ([Int](), [Joining]())
        while made.count < count - 1 {
            if chain.isEmpty { chain = [isOpen.firstIndex(of: true) ?? 0] }
            let last = chain[chain.count - 1]
            let before = chain.count > 1 ? chain[chain.count - 2] : nil
            // The one before is kept where another is as near, or the chain would never end.
            var (nearest, distance) = (before ?? -1, before.map { distances[last * count + $0] } ?? .infinity)
            for other in 0..<count where isOpen[other] && other != last && distances[last * count + other] < distance {
                (nearest, distance) = (other, distances[last * count + other])
            }
            guard nearest == before, let kept = before else {
                // Distances that are no numbers have no nearest.
                if nearest < 0 { break }
                chain.append(nearest)
                continue
            }
            chain.removeLast(2)
            made.append(Joining(one: kept, other: last, height: distance))
            isOpen[last] = false
            let (mine, its) = (sizes[kept], sizes[last])
            for third in 0..<count where isOpen[third] && third != kept {
                let size = sizes[third]
                let joined =
                    ((mine + size) * distances[kept * count + third] + (its + size) * distances[last * count + third] - size
                        * distance)
                    / (mine + its + size)
                distances[kept * count + third] = joined
                distances[third * count + kept] = joined
            }
            sizes[kept] = mine + its
        }
        joinings = made.sorted { $0.height < $1.height }
    }

    /// So many groups: for each vector the number of its own, from 0.
    func labels(_ groups: Int) -> [Int] {
        var parents = Array(0..<count)
        func root(_ number: Int) -> Int {
            var number = number
            while parents[number] != number { number = parents[number] }
            return number
        }
        for joining in joinings.prefix(max(0, count - max(1, groups))) { parents[root(joining.other)] = root(joining.one) }
        var numbers: [Int: Int] = [:]
        return (0..<count).map { place in
            let own = root(place)
            let number = numbers[own] ?? numbers.count
            numbers[own] = number
            return number
        }
    }
}
