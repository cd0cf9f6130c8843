import Glibc

/// Where vectors stand by whom they are near to, over others in between: the first eigenvectors of their normalised likeness. Groups that
/// are drawn out in the first place are compact there.
enum SpectralEmbedding {
    /// The smaller, the more do only near ones count.
    private static let reach: Float = 0.2
    private static let rounds = 80

    /// A row of length one for each vector.
    ///
    /// - Parameter vectors: of length one.
    static func rows(of vectors: [[Float]], width: Int) -> [[Float]] {
        let count = vectors.count
        var likeness = [Float](repeating: 0, count: count * count)
        for one in 0..<count {
            for other in 0..<one {
                let near = expf((Vectors.product(vectors[one], vectors[other]) - 1) / reach)
                likeness[one * count + other] = near
                likeness[other * count + one] = near
            }
        }
        let scales = (0..<count).map { row in
            1 / (likeness[row * count..<(row + 1) * count].reduce(1e-9, +)).squareRoot()
        }
        for row in 0..<count { for column in 0..<count { likeness[row * count + column] *= scales[row] * scales[column] } }
        // Some more than are wanted, so that those settle sooner.
        var columns = (0..<min(count, width + 4)).map { number -> [Float] in
            number == 0 ? scales.map { 1 / $0 } : (0..<count).map { Self.anything(number, $0) }
        }
        columns = straightened(columns)
        for _ in 0..<rounds {
            columns = straightened(
                columns.map { column in
                    (0..<count).map { row in
                        var sum: Float = 0
                        let start = row * count
                        for place in 0..<count { sum += likeness[start + place] * column[place] }
                        // None below zero, so that the greatest are the first.
                        return (sum + column[row]) / 2
                    }
                })
        }
        return (0..<count).map { row in Vectors.unit(columns.prefix(width).map { $0[row] }) }
    }

    /// Not at right angles to what is looked for, and the same each time.
    private static func anything(_ column: Int, _ row: Int) -> Float {
        let number = (row * 7_919 + column * 104_729) % 1_009
        return Float(number) / 1_009 - 0.5
    }

    /// Each at right angles to those before, of length one.
    private static func straightened(_ columns: [[Float]]) -> [[Float]] {
        var made: [[Float]] = []
        for column in columns {
            var column = column
            for other in made {
                let share = Vectors.product(column, other)
                for place in column.indices { column[place] -= share * other[place] }
            }
            made.append(Vectors.unit(column))
        }
        return made
    }
}
