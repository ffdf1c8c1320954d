import { badRequest } from "./errors.ts";
import type { Json, JsonObject } from "./json.ts";
import { isObject, ownOf, textAt } from "./json.ts";
import type { Call } from "./resource.ts";
import type { Keep } from "./world.ts";

const WHEN = ["omitted", "empty", "always"] as const;

/** A rule about a value that the platform keeps, as the control interface writes it; throws 400 for what makes no sense. */
export function keepFrom(value: Json): Keep {
  if (!isObject(value)) throw badRequest("a kept value must be an object", "invalid.value");
  const when = WHEN.find((one) => one === (value.when ?? "always"));
  const [kind, property] = [textAt(value.kind), textAt(value.property)];
  if (when === undefined) throw badRequest(`when must be one of ${WHEN.join(", ")}`, "invalid.value");
  if (kind === "" || property === "") throw badRequest("a kept value needs a kind and a property", "invalid.value");
  const org = typeof value.org === "string" ? { org: value.org } : {};
  return { kind, property, when, ...org, ...(value.value === undefined ? {} : { value: value.value }) };
}

function isEmpty(value: Json): boolean {
  if (value === "") return true;
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/** Does the rule strike a property with this value in the body? Services take `null` and a missing property for one (genesys-api §1.3). */
function strikes({ when }: Keep, sent: Json | undefined): boolean {
  if (when === "always" || sent === undefined || sent === null) return true;
  return when === "empty" && isEmpty(sent);
}

/**
 * What is stored where the platform keeps or sets values of its own: the reference knows fields that a PUT erases and says of no
 * other what becomes of it (genesys-api §1.3, §4.1), so that a test has to be able to have both.
 * @param before as it was stored; undefined for a new object, which only gets values that a rule gives
 */
export function withKeptValues(
  kind: string,
  { body, changed, before }: { body: JsonObject; changed: JsonObject; before: JsonObject | undefined },
  call: Call,
): JsonObject {
  const result = { ...changed };
  for (const rule of call.world.settings.keeps) {
    const { property, org = call.org.name } = rule;
    if (rule.kind !== kind || org !== call.org.name || !strikes(rule, ownOf(body, property))) continue;
    const value = rule.value ?? (before === undefined ? ownOf(changed, property) : ownOf(before, property));
    if (value === undefined) delete result[property];
    else result[property] = value;
  }
  return result;
}
