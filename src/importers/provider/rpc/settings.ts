import { isList, isObj, textOf, type Json } from "../../../model/json.ts";
import type { GuardCode } from "../../../model/catalogue/codes.ts";
import type { Side } from "../../../model/side.ts";

/** What a provider may do with its organisation (the standby is `write`; the rest is for the primary). */
export type AccessMode = "read-only" | "bootstrap" | "managed" | "write";

/** The configuration of one provider resource, checked. */
export interface ProviderSettings {
  /** Absolute path of `lockstep.yaml`. */
  readonly config: string;
  readonly org: Side;
  readonly access: AccessMode;
  /** The id that the organisation has to answer with. */
  readonly orgId: string | undefined;
  /** The plan that was approved, and its checksum. */
  readonly approval: { readonly plan: string; readonly sha256: string } | undefined;
  /** References to a login of its own, instead of the one in `lockstep.yaml`. */
  readonly login: { readonly clientId: string; readonly clientSecret: string } | undefined;
  /** The organisation or repository that the desired state comes from: half of the baseline's name. */
  readonly sourceOrgId: string | undefined;
  readonly prune: boolean;
  readonly allow: ReadonlySet<GuardCode>;
}

/** Every setting of a provider, and what it is for; all of them are texts. */
export const SETTINGS = {
  config: "Absolute path of lockstep.yaml.",
  org: "`primary` or `standby`.",
  access: "`read-only`, `bootstrap`, `managed` (primary) or `write` (standby).",
  orgId: "Id that the organisation must have; needed for bootstrap and managed.",
  plan: "Path of an approved plan; needed for bootstrap and managed.",
  approved: "SHA-256 of that plan.",
  clientId: "Where the client id is: `env:NAME` or `file:PATH`. Those of lockstep.yaml otherwise.",
  clientSecret: "Where the client secret is: `env:NAME` or `file:PATH`.",
  sourceOrgId: "Id of the source organisation, for the baseline.",
  prune: "`true` to allow deletes in the standby.",
  allow: "Guards to pass, separated by commas.",
} as const;

/** Name of a setting. */
export type SettingName = keyof typeof SETTINGS;

/** How each organisation can be opened; the first one is the default. */
export const ACCESS_MODES: { readonly [side in Side]: readonly [AccessMode, ...AccessMode[]] } = {
  primary: ["read-only", "bootstrap", "managed"],
  standby: ["write", "read-only"],
};

/** Settings are texts; the engine hands true and false over as they are or as text. */
export function textIn(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return "";
  if (typeof value === "boolean") return String(value);
  return isObj(value) || isList(value) || typeof value === "number" ? undefined : textOf(value);
}

/** The items of a list that is written as one text. */
export function listIn(text: string): string[] {
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
