import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { SecretRule } from "../model/config.ts";
import type { Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Placeholders } from "../model/placeholders.ts";
import { parsePointer } from "../model/pointer.ts";
import { withPlaceholders, type NamedValue } from "../canonical/secrets-in-json.ts";
import { overridden } from "./override-value.ts";
import type { PairingRules } from "./rules.ts";
import { secretRefsOf } from "./secret-refs.ts";

/** Rules with a value for a place. */
type ValueRules = Pick<PairingRules, "overrides" | "orgs">;

/** The values of rules, each with the name that tells whether it is a secret. A text that holds others has no name that counts. */
export function ruleValues({ overrides, orgs }: ValueRules): NamedValue[] {
  const rules = [...overrides, ...orgs.primary.state, ...orgs.standby.state];
  return rules.map(({ path, value }) => ({ name: nameAt(path), value }));
}

/** The rules with placeholders in the place of secrets that somebody wrote into the configuration. */
export async function withoutRuleSecrets<Rules extends ValueRules>(
  rules: Rules,
  placeholders: Placeholders,
): Promise<Rules> {
  const { values } = await withPlaceholders(ruleValues(rules), placeholders, false);
  const next = values[Symbol.iterator]();
  const shown = <Rule extends { readonly value: unknown }>(rule: Rule): Rule => ({ ...rule, value: next.next().value });
  const overrides = rules.overrides.map(shown);
  const { primary, standby } = rules.orgs;
  const orgs = {
    primary: { ...primary, state: primary.state.map(shown) },
    standby: { ...standby, state: standby.state.map(shown) },
  };
  return { ...rules, overrides, orgs };
}

/**
 * The objects with the placeholders of secrets that the configuration gives for free fields of the standby. Fields that no
 * answer tells are not part of the objects, and places that an object does not have are left unchanged.
 */
export function withGivenSecrets(
  desired: ReadonlyMap<Coordinate, Obj>,
  kinds: ReadonlyMap<string, Kind>,
  rules: readonly SecretRule[],
  { references }: Placeholders,
): ReadonlyMap<Coordinate, Obj> {
  if (rules.length === 0) return desired;
  return new Map(
    [...desired].map(([coordinate, object]) => {
      const kind = kinds.get(splitCoordinate(coordinate).kind);
      if (kind === undefined) return [coordinate, object];
      const given = [...secretRefsOf(rules, coordinate)].reduce((carry, [path, reference]) => {
        const value = references.get(reference);
        const result = value === undefined ? undefined : overridden(kind, carry, { path, value });
        return result !== undefined && "object" in result && !result.added ? result.object : carry;
      }, object);
      return [coordinate, given];
    }),
  );
}

/** The last name on the way to a place. Inside the text of a flow names mean nothing, as where that text is read. */
function nameAt(path: string): string {
  const segments = parsePointer(path);
  if (segments[0] === "yaml") return "";
  return segments.findLast((segment) => !/^\d+$/.test(segment)) ?? "";
}
