import Database
import PostgresDatabase

/// Asks whether a server takes connections yet.
struct PostgresProbe {
    let url: String

    func answers() async -> Bool {
        let database = PostgresDatabase(url: url)
        // Outside the pool's retries: one try is one answer.
        let answer = (try? await database.administer("SELECT 1")) != nil
        await database.close()
        return answer
    }
}
