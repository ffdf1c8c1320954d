import type { SeedValue } from "../types.ts";
import { listOf, removed, textOf } from "./draft.ts";
import type { DriftRule } from "./draft.ts";
import { changed, missing } from "./rules.ts";

const instance = (property: string): readonly string[] => ["properties", property, "value", "instance"];

const reversed = (value: SeedValue): SeedValue => [...listOf(value)].reverse();

/** The last range of numbers is a reserve: nothing uses it. */
const lastMissing = (kind: string): DriftRule => ({
  kind,
  apply: (draft) => {
    const last = draft.steps.findLast((step) => step.kind === kind);
    return last && { steps: removed(draft, last), name: last.name, what: "range missing" };
  },
});

/** Drift of trunks, sites, routes, Edge groups and numbers. */
export const telephonyDrift: readonly DriftRule[] = [
  changed("trunk", instance("trunk_sip_customHeaders"), "sends one custom header less", (value) =>
    listOf(value).slice(0, 1),
  ),
  changed("trunk", instance("trunk_sip_uuiEnabled"), "no longer passes user-to-user information on", () => false),
  changed("trunk", instance("trunk_media_codec"), "codecs in another order", reversed),
  changed("trunk", instance("trunk_maxDialTimeout"), "gives up dialling sooner", () => "1m"),
  changed("site", ["callerName"], "calls under another name", (value) => `${textOf(value).slice(0, 15)} DR`),
  changed("site", [1, "numbers", 0, "end"], "number plan covers more numbers", () => "119", { part: "number-plans" }),
  changed("outbound-route", ["externalTrunkBases"], "trunks in another order", reversed, {
    suits: ({ name }) => name.endsWith("/Default Outbound Route"),
  }),
  changed("outbound-route", ["distribution"], "tries trunks one after the other", () => "SEQUENTIAL", {
    suits: ({ name }) => name.endsWith("/Partners"),
  }),
  missing("outbound-route", ({ name }) => name.endsWith("/Service Numbers")),
  lastMissing("did-pool"),
  lastMissing("extension-pool"),
  changed("extension-pool", ["description"], "description changed", (value) => `${textOf(value)}, full`),
  changed("edge-group", ["description"], "description changed", (value) => `${textOf(value)}, out of use`),
];
