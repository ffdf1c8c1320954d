/** Something that a descriptor or schema says and that is not so. */
export interface Fault {
  readonly kind: string;
  /** Operation, property of the descriptor, or pointer into an object. */
  readonly field: string;
  readonly what: string;
}

/** One line that names the fault. */
export function inWords({ kind, field, what }: Fault): string {
  return `${kind} ${field}: ${what}`;
}
