// The exclusions that kinds share: `x-excluded-sets` of a schema become entries of its `x-excluded`.
import { readFileSync } from "node:fs";

const SOURCE = "schemas/excluded-sets.json";

/**
 * The schema with the sets that it names in front of its own exclusions, which win.
 *
 * @param {Record<string, unknown>} schema a schema of schemas/kinds
 * @returns {Record<string, unknown>}
 * @throws Error when there is no set of a name
 */
export function expandExcluded(schema) {
  const { "x-excluded-sets": names = [], "x-excluded": own = {}, ...rest } = schema;
  const sets = JSON.parse(readFileSync(SOURCE, "utf8"));
  const shared = names.map((name) => {
    if (name.startsWith("$") || !Object.hasOwn(sets, name)) {
      throw new Error(`${schema.$id}: ${SOURCE} has no set ${JSON.stringify(name)}`);
    }
    return sets[name];
  });
  const excluded = Object.assign({}, ...shared, own);
  return Object.keys(excluded).length === 0 ? rest : { ...rest, "x-excluded": excluded };
}
