/** Forms of a message by number, as the language's plural rules name them; `none`, where there is one, is said of nothing at all. */
export interface Plural {
  readonly none?: string;
  readonly zero?: string;
  readonly one?: string;
  readonly two?: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}

/** One sentence with `{names}` to fill in, or its forms by `{count}`. */
export type Message = string | Plural;

/** The names that a text asks for: "Page {page} of {pages}" asks for `page` and `pages`. */
type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

type NamesOf<M> = M extends string ? NamesIn<M> : "count" | { [Form in keyof M]: NamesIn<M[Form]> }[keyof M];

/** What has to be given with a message: nothing at all, or every name that it asks for. A number is written as the reader writes numbers. */
export type Parameters<M> = [NamesOf<M>] extends [never] ? [] : [parameters: { [Name in NamesOf<M>]: Name extends "count" ? number : string | number }];

/** A table in another language has the same keys; what each says with which names, `make lint` compares. */
export type Translated<Table> = { [Key in keyof Table]: Table[Key] extends string ? string : Plural };

/** Fills a message in for one language. */
export class Formatter {
  private readonly rules: Intl.PluralRules;
  private readonly numbers: Intl.NumberFormat;

  /**
   * @param language decides the forms: the language that the message is written in.
   * @param region decides how numbers are written: the reader's own, such as `de-CH`.
   */
  constructor(language: string, region: string = language) {
    this.rules = new Intl.PluralRules(language);
    this.numbers = new Intl.NumberFormat(region);
  }

  format(message: Message, parameters: Readonly<Record<string, string | number>> = {}): string {
    const text = typeof message === "string" ? message : this.form(message, Number(parameters["count"]));
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = parameters[name];
      return value === undefined ? whole : typeof value === "number" ? this.numbers.format(value) : value;
    });
  }

  private form(message: Plural, count: number): string {
    if (count === 0 && message.none !== undefined) return message.none;
    return message[this.rules.select(count)] ?? message.other;
  }
}
