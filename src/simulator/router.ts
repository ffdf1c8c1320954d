import type { Route } from "./resource.ts";

interface Node {
  readonly fixed: Map<string, Node>;
  parameter: { name: string; node: Node } | undefined;
  readonly routes: Map<string, { route: Route; names: string[] }>;
}

/** What the router found: the route, or only that the path exists with other methods. */
export type Match =
  | { readonly kind: "route"; readonly route: Route; readonly params: Record<string, string> }
  | { readonly kind: "wrong-method" }
  | { readonly kind: "none" };

function newNode(): Node {
  return { fixed: new Map(), parameter: undefined, routes: new Map() };
}

function insert(root: Node, route: Route): void {
  let node = root;
  const names: string[] = [];
  for (const part of route.path.split("/").filter((piece) => piece !== "")) {
    const parameter = /^\{(.+)\}$/.exec(part)?.[1];
    if (parameter !== undefined) {
      names.push(parameter);
      node.parameter ??= { name: parameter, node: newNode() };
      node = node.parameter.node;
    } else {
      const next = node.fixed.get(part) ?? newNode();
      node.fixed.set(part, next);
      node = next;
    }
  }
  if (!node.routes.has(route.method)) node.routes.set(route.method, { route, names });
}

function walk(
  node: Node,
  parts: readonly string[],
  values: readonly string[],
): { node: Node; values: readonly string[] } | undefined {
  const [part, ...rest] = parts;
  if (part === undefined) return node.routes.size > 0 ? { node, values } : undefined;
  const fixed = node.fixed.get(part);
  const found = fixed && walk(fixed, rest, values);
  if (found || !node.parameter) return found;
  return walk(node.parameter.node, rest, [...values, part]);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A function that finds the route of a method and path; fixed parts win over parameters, the first of equals wins. */
export function createRouter(routes: readonly Route[]): (method: string, path: string) => Match {
  const root = newNode();
  for (const route of routes) insert(root, route);
  return (method, path) => {
    const parts = path.split("/").filter((piece) => piece !== "");
    const found = walk(root, parts, []);
    if (!found) return { kind: "none" };
    const hit = found.node.routes.get(method) ?? (method === "HEAD" ? found.node.routes.get("GET") : undefined);
    if (!hit) return { kind: "wrong-method" };
    const params = Object.fromEntries(hit.names.map((name, at) => [name, decoded(found.values[at] ?? "")]));
    return { kind: "route", route: hit.route, params };
  };
}
