interface Piece {
  node: Text;
  /** Where it begins in all of the text. */
  start: number;
}

/** The text that some elements show, and where in them each of its places is. */
export class ShownText {
  readonly text: string;
  private readonly pieces: readonly Piece[];

  constructor(elements: readonly Element[]) {
    const pieces: Piece[] = [];
    let text = "";
    for (const element of elements) {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, {
        // The numbers of sources are not read, nor what a formula says to machines.
        acceptNode: (node) => (node.parentElement?.closest("button, .katex-mathml") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
      });
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        pieces.push({ node: node as Text, start: text.length });
        text += (node as Text).data;
      }
    }
    this.text = text;
    this.pieces = pieces;
  }

  /** False when the elements were drawn anew. */
  get isShown(): boolean {
    return this.pieces[0]?.node.isConnected ?? false;
  }

  range(start: number, end: number): Range | null {
    const [first, last] = [this.pieceAt(start), this.pieceAt(end - 1)];
    if (!first || !last) return null;
    const range = document.createRange();
    range.setStart(first.node, Math.min(start - first.start, first.node.data.length));
    range.setEnd(last.node, Math.min(end - last.start, last.node.data.length));
    return range;
  }

  /** Where a place in the page stands in the text; null if it is not in it. */
  placeOf(node: Node, offset: number): number | null {
    const piece = this.pieces.find((each) => each.node === node || (offset === 0 && node.contains(each.node)));
    return piece ? piece.start + (piece.node === node ? offset : 0) : null;
  }

  private pieceAt(place: number): Piece | null {
    let [low, high] = [0, this.pieces.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.pieces[middle]?.start ?? 0) <= place) low = middle + 1;
      else high = middle;
    }
    return this.pieces[low - 1] ?? null;
  }
}
