/** The letter that stands for a person, on the colour that they chose. */
export function Initial({ name, colour, large = false }: { name: string; colour?: string | undefined; large?: boolean }) {
  return <span className={large ? "initial large" : "initial"} data-colour={colour} aria-hidden="true">{([...name][0] ?? "").toUpperCase()}</span>;
}
