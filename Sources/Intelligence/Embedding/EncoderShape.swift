/// What the encoders here have in common: BERTs 384 wide, with 12 heads. They differ in how many layers they have.
enum EncoderShape {
    static let size = 384
    static let heads = 12
    static let headSize = 32
    static let innerSize = 1536
    /// Rows of the table of positions.
    static let positions = 512
}
