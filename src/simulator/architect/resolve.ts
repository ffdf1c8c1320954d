import { entriesOf, isDeleted } from "../store.ts";
import type { Entry, Org } from "../world.ts";
import type { FlowDocument } from "./document.ts";
import { danglingParts } from "./document.ts";
import type { NamedObject } from "./names.ts";
import { namesIn } from "./names.ts";

/** An object that a flow uses. */
export interface Use {
  readonly kind: string;
  readonly id: string;
}

/** What a flow uses, and what is wrong with it in this organisation. */
export interface Resolution {
  readonly uses: readonly Use[];
  readonly errors: readonly string[];
}

const titles: Readonly<Partial<Record<string, string>>> = {
  "data-action": "data action",
  "data-table": "data table",
  "knowledge-base": "knowledge base",
  "schedule-group": "schedule group",
  "emergency-group": "emergency group",
  "wrapup-code": "wrap-up code",
  "contact-list": "contact list",
  "utilization-label": "utilization label",
  "response-library": "response library",
  skill: "ACD skill",
  language: "ACD language",
  prompt: "user prompt",
};

function matches(entry: Entry, named: NamedObject): boolean {
  const { data } = entry;
  if (named.kind === "user") return [data.email, data.username, data.name].includes(named.name);
  if (data.name !== named.name) return false;
  if (named.kind === "data-action") return data.category === named.qualifier && entry.hidden.draftOnly !== true;
  if (named.kind === "flow") {
    return data.publishedVersion !== undefined && (named.qualifier === undefined || data.type === named.qualifier);
  }
  return true;
}

/** Kinds of which a name under an unknown key may be an object. */
function candidates(org: Org, kind: string): string[] {
  if (kind !== "unknown") return [kind];
  return [...org.state.collections.keys()].filter((name) => !name.includes("@") && name !== "file");
}

function find(org: Org, named: NamedObject): Use | undefined {
  for (const kind of candidates(org, named.kind)) {
    const entry = entriesOf(org, kind).find((candidate) => !isDeleted(candidate) && matches(candidate, named));
    if (entry) return { kind, id: entry.id };
  }
  return undefined;
}

function isItself(named: NamedObject, flow: FlowDocument): boolean {
  const sameType = named.qualifier === undefined || named.qualifier === flow.type;
  return named.kind === "flow" && named.name === flow.name && sameType;
}

function complaint(named: NamedObject): string {
  const title = titles[named.kind] ?? (named.kind === "unknown" ? "object" : named.kind);
  const type =
    named.kind === "flow" && named.qualifier !== undefined ? `published ${named.qualifier.toLowerCase()} flow` : title;
  const category = named.kind === "data-action" ? ` of category '${named.qualifier ?? ""}'` : "";
  return `Unable to find ${type === "flow" ? "published flow" : type} '${named.name}'${category}, referred to at ${named.path}.`;
}

/** Looks up everything that a flow names in an organisation, by the simulator's own walk (architect-yaml §4, §11). */
export function resolveFlow(org: Org, flow: FlowDocument): Resolution {
  const uses = new Map<string, Use>();
  const errors: string[] = danglingParts(flow.content);
  if (flow.division !== undefined && !entriesOf(org, "division").some(({ data }) => data.name === flow.division)) {
    errors.push(`Unable to find division '${flow.division}', referred to at /${flow.root}/division.`);
  }
  for (const named of namesIn(flow.root, flow.content)) {
    if (isItself(named, flow)) continue;
    const use = find(org, named);
    if (use) uses.set(`${use.kind}/${use.id}`, use);
    else errors.push(complaint(named));
  }
  return { uses: [...uses.values()], errors: [...new Set(errors)] };
}
