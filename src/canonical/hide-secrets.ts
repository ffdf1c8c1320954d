import { isObj, type Json, type Obj } from "../model/json.ts";
import { placeholdersIn, type HiddenSecrets, type Placeholders } from "../model/placeholders.ts";
import type { Finding } from "../model/snapshot.ts";
import { mapTexts } from "./embedded.ts";
import { withPlaceholders } from "./secrets-in-json.ts";

/** An object as an organisation has it, with what was set apart and noticed. */
export interface Readable {
  readonly object: Obj;
  readonly state: { readonly [pointer: string]: Json };
  readonly findings: readonly Finding[];
}

/** The same without secrets, and what stands behind each placeholder. */
export interface WithoutSecrets extends Readable {
  readonly hidden: HiddenSecrets;
}

/**
 * Objects that were just read, with placeholders in the place of what looks like a secret; as they are where the configuration
 * keeps secrets. Keys stay: they are names.
 */
export async function hideSecrets(
  read: readonly Readable[],
  placeholders: Placeholders | undefined,
): Promise<WithoutSecrets[]> {
  if (placeholders === undefined) return read.map((one) => ({ ...one, hidden: new Map<string, string>() }));
  const values = read.flatMap(({ object, state }) => [
    { name: "", value: object },
    ...Object.entries(state).map(([pointer, value]) => ({ name: pointer.split("/").at(-1) ?? "", value })),
  ]);
  const shown = await withPlaceholders(values, placeholders, true);
  const next = shown.values[Symbol.iterator]();
  const take = (): Json => next.next().value ?? null;
  return read.map(({ object: whole, state: apart, findings }) => {
    const first = take();
    const object = isObj(first) ? first : whole;
    const state = Object.fromEntries(Object.keys(apart).map((pointer) => [pointer, take()]));
    const hidden = hiddenIn({ object, state }, shown.hidden);
    return {
      object,
      state,
      findings: findings.map((finding) => ({ ...finding, message: withoutSecrets(finding.message, hidden) })),
      hidden,
    };
  });
}

/** Those of the secrets that a value has placeholders for. */
function hiddenIn(value: Json, all: HiddenSecrets): HiddenSecrets {
  const found = new Map<string, string>();
  mapTexts(value, (text) => {
    for (const { placeholder } of placeholdersIn(text)) {
      const secret = all.get(placeholder);
      if (secret !== undefined) found.set(placeholder, secret);
    }
    return text;
  });
  return found;
}

/** A message may quote the value that it is about. */
function withoutSecrets(message: string, hidden: HiddenSecrets): string {
  return [...hidden].reduce((shown, [placeholder, secret]) => shown.replaceAll(secret, placeholder), message);
}
