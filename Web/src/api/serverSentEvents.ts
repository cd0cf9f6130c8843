/** One event of a `text/event-stream`. */
export interface ServerSentEvent {
  id: string | null;
  event: string;
  data: string;
}

/** Turns the text of an event stream, in whatever pieces it comes, into events (WHATWG HTML, "event stream interpretation"). */
export class EventStreamParser {
  private rest = "";
  private data: string[] = [];
  private event = "";
  private id: string | null = null;
  private started = false;

  /** The events that this piece completes. */
  push(piece: string): ServerSentEvent[] {
    this.rest += this.started ? piece : piece.replace(/^\uFEFF/, "");
    if (piece !== "") this.started = true;
    const events: ServerSentEvent[] = [];
    for (;;) {
      const end = this.rest.search(/[\r\n]/);
      if (end < 0) return events;
      // A CR at the very end may be the first half of a CRLF that is still on its way.
      if (this.rest[end] === "\r" && end === this.rest.length - 1) return events;
      const width = this.rest[end] === "\r" && this.rest[end + 1] === "\n" ? 2 : 1;
      const line = this.rest.slice(0, end);
      this.rest = this.rest.slice(end + width);
      const complete = this.take(line);
      if (complete !== null) events.push(complete);
    }
  }

  private take(line: string): ServerSentEvent | null {
    if (line === "") return this.dispatch();
    if (line.startsWith(":")) return null;
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "data") this.data.push(value);
    else if (field === "event") this.event = value;
    else if (field === "id" && !value.includes("\0")) this.id = value;
    return null;
  }

  private dispatch(): ServerSentEvent | null {
    const { data, event } = this;
    this.data = [];
    this.event = "";
    if (data.length === 0) return null;
    return { id: this.id, event: event === "" ? "message" : event, data: data.join("\n") };
  }
}
