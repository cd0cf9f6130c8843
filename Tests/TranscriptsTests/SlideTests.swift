import Database
import Foundation
import HTTPServing
import HTTPServingTesting
import Jobs
import Testing
@testable import Transcripts

@Suite(.timeLimit(.minutes(2)))
struct SlideTests {
    private static let pages = [
        "Cell biology. Lecture 3", "Mitochondria: the membrane, ATP, respiration",
        "Photosynthesis: chloroplasts, light reactions, rubisco",
        "Ribosomes: translation, amino acids, proteins",
    ]

    private func turns(_ said: [String]) -> [SlideAlignment.Turn] {
        SlideAlignment.turns(said: said.enumerated().map { ($0 * 10_000, $1) }, pages: Self.pages)
    }

    @Test func `pages turn where what is said goes over to them`() {
        let found = turns([
            "Welcome to cell biology, the third lecture.", "So, mitochondria make ATP.", "It happens at the inner membrane.",
            "As you all know.", "In chloroplasts the light reactions come first.", "Rubisco is slow.",
            "Ribosomes make proteins of amino acids.",
        ])
        #expect(
            found == [
                .init(page: 1, start: 0), .init(page: 2, start: 10_000), .init(page: 3, start: 40_000),
                .init(page: 4, start: 60_000),
            ])
    }

    @Test func `a word of another page does not turn there and back`() {
        let found = turns([
            "Mitochondria do respiration.", "Across their membrane there is ATP.", "Like light, in a way.",
            "Their membrane folds for more ATP.",
            "Respiration needs oxygen.",
        ])
        #expect(found == [.init(page: 2, start: 0)])
    }

    @Test func `one who goes back is followed, and words of no page turn none`() {
        let found = turns([
            "Ribosomes: translation of proteins.", "Amino acids, ribosomes and proteins.",
            "Back to photosynthesis and its chloroplasts.",
            "Rubisco, light reactions, chloroplasts.",
        ])
        #expect(found.map(\.page) == [4, 3])
        #expect(turns(["Good morning everybody."]).isEmpty)
        #expect(SlideAlignment.turns(said: [], pages: Self.pages).isEmpty)
        #expect(SlideAlignment.turns(said: [(0, "cells")], pages: ["", ""]).isEmpty)
    }

    @Test(arguments: Dialect.allCases) func `slides are chosen, kept and told with their seconds`(_ dialect: Dialect) async throws {
        try await TranscriptStage.with(dialect) { stage in
            let client = stage.client()
            let added = try await stage.bring(TranscriptStage.silence(seconds: 9))
            try await stage.worker.drain()
            let path = "/stt/transcripts/\(added.id)"
            #expect(try await client.get(path + "/slides").json(SlideTimes.self).turns.isEmpty)
            let (slides, course) = (UUID().uuidString.lowercased(), UUID().uuidString.lowercased())
            let changed: TranscriptView = try await client.patch(
                path, json: #"{"slides_id": "\#(slides)", "course_id": "\#(course)"}"#
            ).json()
            #expect(changed.slidesID == slides && changed.courseID == course)
            let times: SlideTimes = try await client.get(path + "/slides").json()
            #expect(times.documentID == slides && times.turns.map(\.page) == [1, 2, 4] && times.turns.map(\.start) == [0, 4, 7])
            #expect(try await client.patch(path, json: #"{"slides_id": ""}"#).json(TranscriptView.self).slidesID == nil)
            #expect(try await client.patch(path, json: #"{"slides_id": "none"}"#).status == 400)
            #expect(try await stage.client("ben").get(path + "/slides").status == 404)
        }
    }
}
