import { abortable } from "./abortable";

type Send = (address: string, signal: AbortSignal) => Promise<unknown>;

/** One question on its way, and those who wait for its answer. */
interface Flight {
  answer: Promise<unknown>;
  controller: AbortController;
  waiting: number;
}

/**
 * What the server has answered and is being asked. Equal questions at the same time are one request; an answer is kept for as
 * long as the server would tell of a change to it, and forgotten at the first sign of one.
 */
export class Answers {
  private readonly flights = new Map<string, Flight>();
  private readonly kept = new Map<string, unknown>();

  constructor(private readonly send: Send, private readonly capacity = 60) {}

  /**
   * The answer of an address.
   * @param keep whether it may be answered from what is kept, and kept.
   */
  async get(address: string, keep: boolean, signal?: AbortSignal): Promise<unknown> {
    signal?.throwIfAborted();
    if (keep && this.kept.has(address)) {
      const value = this.kept.get(address);
      this.keep(address, value);
      return value;
    }
    const flight = this.flights.get(address) ?? this.begin(address, keep);
    flight.waiting += 1;
    const leave = () => {
      flight.waiting -= 1;
      // Nobody waits any more: the server need not go on.
      if (flight.waiting > 0) return;
      if (this.flights.get(address) === flight) this.flights.delete(address);
      flight.controller.abort();
    };
    return abortable(flight.answer, signal, leave);
  }

  /** Forgets all answers below an address; what is being asked there is not joined any more. */
  forget(prefix: string): void {
    const below = (address: string) => address === prefix || (address.startsWith(prefix) && /^[/?]/.test(address.slice(prefix.length)));
    for (const address of [...this.kept.keys()]) if (below(address)) this.kept.delete(address);
    for (const address of [...this.flights.keys()]) if (below(address)) this.flights.delete(address);
  }

  forgetAll(): void {
    this.kept.clear();
    this.flights.clear();
  }

  private begin(address: string, keep: boolean): Flight {
    const controller = new AbortController();
    const answer = this.send(address, controller.signal);
    const flight: Flight = { answer, controller, waiting: 0 };
    this.flights.set(address, flight);
    answer.then(
      (value) => {
        // Forgotten meanwhile: it may be older than the change.
        if (this.flights.get(address) !== flight) return;
        this.flights.delete(address);
        if (keep) this.keep(address, value);
      },
      () => {
        if (this.flights.get(address) === flight) this.flights.delete(address);
      },
    );
    return flight;
  }

  private keep(address: string, value: unknown): void {
    // The latest used is forgotten last.
    this.kept.delete(address);
    this.kept.set(address, value);
    const [oldest] = this.kept.keys();
    if (this.kept.size > this.capacity && oldest !== undefined) this.kept.delete(oldest);
  }
}
