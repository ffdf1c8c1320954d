/** What the documentation says about one code, and what ends with it. */
export interface Entry {
  /** What was found, in whole sentences. */
  readonly meaning: string;
  /** What to do about it. */
  readonly action: string;
}

/** How a guard is passed: by its name, by asking for deletes, or not at all. */
export type Passage = "allow" | "prune" | "never";

/** A guard: stops a command for a person to decide. */
export interface GuardEntry extends Entry {
  readonly passage: Passage;
  /** Is it checked for every single write of a Pulumi provider too? */
  readonly perWrite?: true;
}

/** A topic of the catalogue and its codes. */
export interface Topic {
  readonly title: string;
  readonly about: string;
  readonly entries: { readonly [code: string]: Entry };
}
