import { isList, isObj, type Json } from "./json.ts";

/** Stands for secrets in what lockstep writes: equal secrets have equal placeholders, and nobody without the key can check a guess. */
export interface Placeholders {
  /** Tells the key from others, and says nothing about it. Placeholders of different keys cannot be compared. */
  readonly keyId: string;
  /** The placeholder of a secret, which no message shows from now on. */
  readonly of: (secret: string) => string;
  /** Secrets that the configuration gives, as far as they are available: hidden wherever they occur. */
  readonly given: HiddenSecrets;
  /** Their placeholders, by the reference that the configuration names: `env:NAME` or `file:PATH`. */
  readonly references: ReadonlyMap<string, string>;
}

/** What stands behind placeholders, in memory only: placeholder → secret. */
export type HiddenSecrets = ReadonlyMap<string, string>;

const PLACEHOLDER = /<secret-([0-9a-f]{8})-[0-9a-f]{32}>/g;

/** The text of a placeholder. @param digest at least 32 hexadecimal digits, of which the first 32 are used */
export function placeholderText(keyId: string, digest: string): string {
  return `<secret-${keyId}-${digest.slice(0, 32)}>`;
}

/** The placeholders in a text, with where they start. */
export function placeholdersIn(
  text: string,
): { readonly placeholder: string; readonly keyId: string; readonly at: number }[] {
  return [...text.matchAll(PLACEHOLDER)].map(({ 0: placeholder, 1: keyId = "", index }) => ({
    placeholder,
    keyId,
    at: index,
  }));
}

/** The text with its placeholders replaced; those without a replacement stay. */
export function withoutPlaceholders(text: string, secretOf: (placeholder: string) => string | undefined): string {
  return text.replaceAll(PLACEHOLDER, (placeholder) => secretOf(placeholder) ?? placeholder);
}

/** Ids of the keys that placeholders anywhere in a value were made with. */
export function placeholderKeys(value: Json): Set<string> {
  const keys = new Set<string>();
  addKeys(value, keys);
  return keys;
}

/** One set for all of it: every object of a comparison is looked through, and hardly any text holds a placeholder. */
function addKeys(value: Json, keys: Set<string>): void {
  if (typeof value === "string") {
    if (value.includes("<secret-")) for (const { keyId } of placeholdersIn(value)) keys.add(keyId);
  } else if (isList(value)) for (const item of value) addKeys(item, keys);
  else if (isObj(value)) for (const name of Object.keys(value)) addKeys(value[name] ?? null, keys);
}
