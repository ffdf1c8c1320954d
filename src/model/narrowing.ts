/** What a command is narrowed to: objects by coordinate or glob, and kinds. An empty list narrows nothing. */
export type Narrowing = {
  readonly only: readonly string[];
  readonly kinds: readonly string[];
};
