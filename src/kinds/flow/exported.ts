import { parseFlow } from "../../formats/architect/parse.ts";
import { LockstepError } from "../../model/error.ts";
import { textOf, type Obj } from "../../model/json.ts";
import { schema } from "../generated/flow.ts";

/**
 * What is wrong with a text that was downloaded as the YAML of a flow; undefined when it is that flow. A page of something in
 * between, another flow, or a text that was cut off is never kept.
 */
export function faultOfExport(text: string, flow: Obj): string | undefined {
  if (text.trim() === "") return "the exported file is empty";
  try {
    const { name, type } = parseFlow(text);
    if (name !== flow["name"]) return "the exported file holds a flow of another name";
    if (type !== textOf(flow["type"]).toLowerCase() && API_TYPES.has(type)) {
      return `the exported file holds a flow of the type ${type}`;
    }
  } catch (error) {
    if (!(error instanceof LockstepError)) throw error;
    return `the exported file is not the YAML of a flow: ${error.message}`;
  }
  const missing = missingPart(text);
  return missing === undefined ? undefined : `the exported file is cut off: ${missing} is not in it`;
}

/** The types that the API names; a YAML key may also be a spelling that is not known here (architect-yaml §2). */
const API_TYPES: ReadonlySet<string> = new Set(
  (schema.properties?.["type"]?.enum ?? []).map((type) => textOf(type).toLowerCase()),
);

/** A part that a flow leads to by its `refId` (architect-yaml §3) and does not hold, as when the end of the text is missing. */
function missingPart(text: string): string | undefined {
  const held = new Set([...text.matchAll(/\b(?:refId|name):[ \t]*([^\r\n]+)/g)].map(([, id = ""]) => unquoted(id)));
  const paths = text.matchAll(/["' ]\/\w+\/[\w/]*\[([^\]\r\n]+)\]/g);
  return [...paths].map(([, id = ""]) => id).find((id) => !held.has(id));
}

function unquoted(value: string): string {
  return value.trim().replace(/^(["'])(.*)\1$/, "$2");
}
