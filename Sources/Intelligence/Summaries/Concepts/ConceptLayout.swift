import Glibc

/// Where the terms of a concept map stand: the same map always the same way.
///
/// Few stand in a circle around the first. More are pushed apart and drawn together along their lines (Fruchterman and Reingold, 1991),
/// then moved until no two cover each other.
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

    package let width: Double
    package let height: Double
    package let places: [Place]

    package init(_ map: ConceptMap) {
        let widths = map.terms.map(Self.halfWidth)
        guard map.terms.count > Self.mostInCircle else {
            (width, height) = (960, 720)
            places = Self.circle(widths, width: 960, height: 720)
            return
        }
        let size = Double(map.terms.count).squareRoot()
        let (width, height) = (max(960, 380 * size), max(720, 230 * size))
        var places = Self.circle(widths, width: width, height: height)
        Self.relax(&places, map.relations.map { ($0.from, $0.to) }, width: width, height: height)
        Self.part(&places, width: width, height: height)
        (self.width, self.height, self.places) = (width, height, places)
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

    private static func relax(_ places: inout [Place], _ lines: [(Int, Int)], width: Double, height: Double) {
        let ideal = (width * height / Double(places.count)).squareRoot() * 0.75
        var heat = width / 8
        for _ in 0..<240 {
            var moves = [(x: Double, y: Double)](repeating: (0, 0), count: places.count)
            for one in places.indices {
                for other in places.indices where other > one {
                    // Terms are wide and low, so a distance across counts less than one down.
                    let (dx, dy) = ((places[one].x - places[other].x) * 0.7, (places[one].y - places[other].y) * 1.3)
                    let distance = max(1, (dx * dx + dy * dy).squareRoot())
                    let force = ideal * ideal / distance
                    moves[one].x += dx / distance * force
                    moves[one].y += dy / distance * force
                    moves[other].x -= dx / distance * force
                    moves[other].y -= dy / distance * force
                }
            }
            for (one, other) in lines {
                let (dx, dy) = (places[one].x - places[other].x, places[one].y - places[other].y)
                let distance = max(1, (dx * dx + dy * dy).squareRoot())
                let force = distance * distance / ideal
                moves[one].x -= dx / distance * force
                moves[one].y -= dy / distance * force
                moves[other].x += dx / distance * force
                moves[other].y += dy / distance * force
            }
            for index in places.indices {
                let length = max(1, (moves[index].x * moves[index].x + moves[index].y * moves[index].y).squareRoot())
                places[index].x += moves[index].x / length * min(length, heat)
                places[index].y += moves[index].y / length * min(length, heat)
                keep(&places[index], width: width, height: height)
            }
            heat = max(1, heat * 0.98)
        }
    }

    /// Moves what covers something else, across or down, whichever is less.
    private static func part(_ places: inout [Place], width: Double, height: Double) {
        for _ in 0..<200 {
            var isParted = true
            for one in places.indices {
                for other in places.indices where other > one {
                    let across = places[one].halfWidth + places[other].halfWidth + 24 - abs(places[one].x - places[other].x)
                    let down = 2 * halfHeight + 30 - abs(places[one].y - places[other].y)
                    guard across > 0, down > 0 else { continue }
                    isParted = false
                    if across < down {
                        let step = (places[one].x <= places[other].x ? -1 : 1) * across / 2
                        places[one].x += step
                        places[other].x -= step
                    } else {
                        let step = (places[one].y <= places[other].y ? -1 : 1) * down / 2
                        places[one].y += step
                        places[other].y -= step
                    }
                    keep(&places[one], width: width, height: height)
                    keep(&places[other], width: width, height: height)
                }
            }
            if isParted { break }
        }
    }

    private static func keep(_ place: inout Place, width: Double, height: Double) {
        place.x = min(width - place.halfWidth - 10, max(place.halfWidth + 10, place.x))
        place.y = min(height - halfHeight - 10, max(halfHeight + 10, place.y))
    }
}
