/** The file name of pdf.js's worker, put in by the build. */
declare const PDF_WORKER: string;


declare module "katex" {
  interface Options {
    displayMode?: boolean;
    throwOnError?: boolean;
    trust?: boolean;
    maxExpand?: number;
    strict?: boolean | string;
  }
  const katex: { render(tex: string, element: HTMLElement, options?: Options): void };
  export default katex;
}

declare module "node:test" {
  export default function test(name: string, body: () => void | Promise<void>): void;
}

declare module "node:assert/strict" {
  const assert: {
    equal(actual: unknown, expected: unknown, message?: string): void;
    deepEqual(actual: unknown, expected: unknown, message?: string): void;
    ok(value: unknown, message?: string): void;
    match(value: string, pattern: RegExp): void;
  };
  export default assert;
}

/** Ranges that a style sheet marks by name, without a change of the page. */
declare class Highlight {
  constructor(...ranges: Range[]);
}

declare namespace CSS {
  const highlights: { set(name: string, highlight: Highlight): void; delete(name: string): boolean } | undefined;
}

/** Trusted Types, where a browser has them. */
interface Window {
  readonly trustedTypes?: { createPolicy(name: string, rules: { createScriptURL?: (address: string) => string | null }): unknown };
}
