import type { SeedObject, SeedValue } from "../types.ts";

/** One action of a flow: a map with one key, the action's kind (architect-yaml §2). */
export type FlowAction = SeedObject;

/** An explicitly unset value (architect-yaml §6). */
export const unset: SeedObject = { noValue: true };

/** No members. */
export const none: SeedObject = { none: true };

export const lit = (value: SeedValue): SeedObject => ({ lit: value });
export const exp = (expression: string): SeedObject => ({ exp: expression });
export const tts = (speech: string): SeedObject => ({ tts: speech });
export const intoVariable = (name: string): SeedObject => ({ var: name });
export const seconds = (count: number): SeedObject => lit({ seconds: count });

/** A named object of the organisation as a value. */
export const named = (name: string): SeedObject => lit({ name });

/** A named object whose name is written twice (architect-yaml §4.5). */
export const namedTwice = (name: string): SeedObject => ({ lit: { name }, name });

/** A user prompt as audio. */
export const promptAudio = (name: string): SeedObject => ({ prompt: `Prompt.${name}` });

/** Every property of `names`, unset: exports write defaults out. */
export const allUnset = (...names: readonly string[]): SeedObject =>
  Object.fromEntries(names.map((name) => [name, unset]));

/** A text literal inside an expression. */
export const quoted = (text: string): string => `"${text.replaceAll('"', '\\"')}"`;

/** Gives `refId`s to the parts of one flow, `<name>_<number>` like exports do (architect-yaml §3). */
export function numbering(start = 10): (name: string) => string {
  let number = start;
  return (name) => {
    const id = `${name}_${String(number)}`;
    number += 2 + (name.length % 3);
    return id;
  };
}

/** A flow or part variable. */
export function variable(
  type: "string" | "integer" | "boolean" | "json" | "queue" | "stringCollection",
  name: string,
  options: { readonly initial?: SeedObject; readonly input?: boolean; readonly output?: boolean } = {},
): SeedObject {
  return {
    [`${type}Variable`]: {
      name,
      initialValue: options.initial ?? unset,
      isInput: options.input ?? false,
      isOutput: options.output ?? false,
    },
  };
}
