import { byCodePoint } from "../../model/json.ts";
import type { FlowReference } from "./references.ts";

/** A flow as far as the order of publishing is concerned. */
export interface FlowNode {
  /** API flow type. */
  readonly type: string;
  readonly name: string;
  readonly references: readonly FlowReference[];
}

/** The order in which flows can be published, and what stands in its way. Flows are named `<type>:<name>`. */
export interface PublishOrder {
  /** Every flow once; a flow comes after the flows that it calls, unless they are in a cycle with it. */
  readonly order: readonly string[];
  /** Groups of flows that call each other, or one flow that calls itself: a first publish has to go without the call. */
  readonly cycles: readonly (readonly string[])[];
}

/** How a flow is named in the graph; the same as its key in a snapshot. */
export function flowKey(flow: { readonly type: string; readonly name: string }): string {
  return `${flow.type}:${flow.name}`;
}

/**
 * The flows that each flow names, by key. A reference that does not tell the type counts when only one flow has
 * that name; flows outside the list are left out.
 */
export function flowDependencies(flows: readonly FlowNode[]): ReadonlyMap<string, readonly string[]> {
  const known = new Set(flows.map(flowKey));
  const byName = new Map<string, string[]>();
  for (const flow of flows) byName.set(flow.name, [...(byName.get(flow.name) ?? []), flowKey(flow)]);
  const target = ({ type, name }: FlowReference): string | undefined => {
    if (type !== undefined) return known.has(`${type}:${name}`) ? `${type}:${name}` : undefined;
    const candidates = byName.get(name) ?? [];
    return candidates.length === 1 ? candidates[0] : undefined;
  };
  return new Map(
    flows.map((flow) => {
      const named = flow.references.filter((reference) => reference.kind === "flow" && !reference.dynamic).map(target);
      const keys = new Set(named.filter((key) => key !== undefined));
      return [flowKey(flow), [...keys].sort(byCodePoint)];
    }),
  );
}

/** Callees before callers. The same flows give the same order, however they are listed. */
export function publishOrder(flows: readonly FlowNode[]): PublishOrder {
  const dependencies = flowDependencies(flows);
  const components = componentsOf([...dependencies.keys()].sort(byCodePoint), (key) => dependencies.get(key) ?? []);
  const isCycle = (group: readonly string[]): boolean =>
    group.length > 1 || group.some((key) => dependencies.get(key)?.includes(key));
  return { order: components.flat(), cycles: components.filter(isCycle) };
}

/** Strongly connected components, each after those that it leads to (Tarjan). */
function componentsOf(keys: readonly string[], next: (key: string) => readonly string[]): string[][] {
  const components: string[][] = [];
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const open = new Set<string>();

  const lower = (key: string, to: number | undefined): void => {
    low.set(key, Math.min(low.get(key) ?? Infinity, to ?? Infinity));
  };
  const visit = (key: string): void => {
    index.set(key, index.size);
    lower(key, index.get(key));
    stack.push(key);
    open.add(key);
    for (const other of next(key)) {
      if (!index.has(other)) {
        visit(other);
        lower(key, low.get(other));
      } else if (open.has(other)) lower(key, index.get(other));
    }
    if (low.get(key) !== index.get(key)) return;
    const component = stack.splice(stack.indexOf(key));
    for (const member of component) open.delete(member);
    components.push(component.sort(byCodePoint));
  };

  for (const key of keys) if (!index.has(key)) visit(key);
  return components;
}
