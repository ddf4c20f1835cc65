/** What is wrong with the fields of a form; nothing wrong: no fields. */
export type Faults<Name extends string, Fault> = { readonly [Field in Name]?: Fault };

/** What a form that was sent says: what is wrong with it, or what to send. */
export type DraftReading<Name extends string, Fault, Body> =
  | { readonly faults: Faults<Name, Fault> }
  | { readonly body: Body };

export function isFaultless(faults: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(faults).length === 0;
}
