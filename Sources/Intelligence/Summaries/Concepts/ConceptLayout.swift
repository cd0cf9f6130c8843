import Glibc

/// Where the terms of a concept map stand: the same map always the same way.
///
/// Few that all hang on the first stand in a circle around it. Others stand in trees from left to right, with room between columns for
/// what the lines say; trees that nothing joins stand beside and below each other.
package struct ConceptLayout: Sendable {
    package struct Place: Sendable, Hashable {
        /// Of its middle.
        package var x: Double
        package var y: Double
        package var halfWidth: Double
    }

    static let halfHeight = 21.0
    /// Terms that fit into a circle.
    private static let mostInCircle = 8
    /// Between the middles of two rows.
    private static let row = 76.0
    private static let margin = 14.0
    /// Trees stand side by side up to this width.
    private static let widest = 1_100.0

    package let width: Double
    package let height: Double
    package let places: [Place]

    package init(_ map: ConceptMap) {
        let widths = map.terms.map(Self.halfWidth)
        if map.terms.count <= Self.mostInCircle, map.relations.allSatisfy({ $0.from == 0 || $0.to == 0 }) {
            (width, height) = (960, 720)
            places = Self.circle(widths, width: 960, height: 720)
            return
        }
        var places = widths.map { Place(x: 0, y: 0, halfWidth: $0) }
        var (right, bottom, top, shelf) = (0.0, 0.0, 0.0, 0.0)
        for tree in Self.trees(of: map) {
            let size = Self.lay(tree, of: map, into: &places)
            if right > 0, right + size.width > Self.widest {
                (top, right, shelf) = (top + shelf + Self.row / 2, 0, 0)
            }
            for term in tree.terms {
                places[term].x += right + Self.margin
                places[term].y += top + Self.margin
            }
            right += size.width + 2 * Self.row
            shelf = max(shelf, size.height)
            bottom = max(bottom, top + shelf)
        }
        self.places = places
        width = (places.map { $0.x + $0.halfWidth }.max() ?? 0) + Self.margin
        height = bottom + 2 * Self.margin
    }

    static func shown(_ term: String) -> String { term.count > 36 ? term.prefix(35) + "…" : term }

    private static func halfWidth(_ term: String) -> Double { min(190, Double(shown(term).count) * 4.8 + 22) }

    private static func circle(_ widths: [Double], width: Double, height: Double) -> [Place] {
        widths.enumerated().map { number, half in
            guard number > 0 else { return Place(x: width / 2, y: height / 2, halfWidth: half) }
            let angle = 2 * Double.pi * Double(number - 1) / Double(max(1, widths.count - 1)) - Double.pi / 2
            return Place(
                x: width / 2 + width * 0.375 * cos(angle), y: height / 2 + (height / 2 - 70) * sin(angle), halfWidth: half)
        }
    }

    // MARK: - Trees

    /// Terms that lines join, each below the one that it was reached from first.
    private struct Tree {
        var root: Int
        var terms: [Int]
        var children: [Int: [Int]]
        var depth: [Int: Int]
    }

    /// The largest first.
    private static func trees(of map: ConceptMap) -> [Tree] {
        var beside: [Int: [Int]] = [:]
        for relation in map.relations where relation.from != relation.to {
            beside[relation.from, default: []].append(relation.to)
            beside[relation.to, default: []].append(relation.from)
        }
        var seen: Set<Int> = []
        var trees: [Tree] = []
        // What most lines meet in is the root of its tree.
        let order = map.terms.indices.sorted { (-(beside[$0]?.count ?? 0), $0) < (-(beside[$1]?.count ?? 0), $1) }
        for root in order where seen.insert(root).inserted {
            var tree = Tree(root: root, terms: [root], children: [:], depth: [root: 0])
            var next = 0
            while next < tree.terms.count {
                let term = tree.terms[next]
                next += 1
                for other in beside[term] ?? [] where seen.insert(other).inserted {
                    tree.terms.append(other)
                    tree.children[term, default: []].append(other)
                    tree.depth[other] = (tree.depth[term] ?? 0) + 1
                }
            }
            trees.append(tree)
        }
        return trees.enumerated().sorted { (-$0.element.terms.count, $0.offset) < (-$1.element.terms.count, $1.offset) }
            .map(\.element)
    }

    /// Puts a tree with its corner at 0.
    private static func lay(_ tree: Tree, of map: ConceptMap, into places: inout [Place]) -> (width: Double, height: Double) {
        let deepest = tree.depth.values.max() ?? 0
        var widths = [Double](repeating: 0, count: deepest + 1)
        var gaps = [Double](repeating: 90, count: deepest + 1)
        for term in tree.terms { widths[tree.depth[term] ?? 0] = max(widths[tree.depth[term] ?? 0], 2 * places[term].halfWidth) }
        for relation in map.relations {
            guard let one = tree.depth[relation.from], let other = tree.depth[relation.to], abs(one - other) == 1 else { continue }
            gaps[min(one, other)] = max(gaps[min(one, other)], Double(shown(relation.label).count) * 7.2 + 48)
        }
        var middles: [Double] = []
        var left = 0.0
        for depth in widths.indices {
            middles.append(left + widths[depth] / 2)
            left += widths[depth] + (depth < deepest ? gaps[depth] : 0)
        }
        var row = 0.0
        func put(_ term: Int) -> Double {
            let below = (tree.children[term] ?? []).map(put)
            let y: Double
            if let first = below.first, let last = below.last {
                y = (first + last) / 2
            } else {
                y = row + halfHeight
                row += Self.row
            }
            places[term].x = middles[tree.depth[term] ?? 0]
            places[term].y = y
            return y
        }
        _ = put(tree.root)
        return (left, row - Self.row + 2 * halfHeight)
    }
}
