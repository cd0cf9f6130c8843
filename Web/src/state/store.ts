/** A value outside React that components can follow. */
export class Store<Value> {
  private listeners = new Set<() => void>();

  constructor(private value: Value) {}

  readonly get = (): Value => this.value;

  readonly set = (next: Value | ((previous: Value) => Value)): void => {
    const value = typeof next === "function" ? (next as (previous: Value) => Value)(this.value) : next;
    if (Object.is(value, this.value)) return;
    this.value = value;
    for (const listener of [...this.listeners]) listener();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}
