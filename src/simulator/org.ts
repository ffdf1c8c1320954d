import { guidFrom, tokenFrom } from "./ids.ts";
import type { Resource } from "./resource.ts";
import { emptyState } from "./store.ts";
import type { Org, World } from "./world.ts";

/** One organisation to simulate. */
export interface OrgSpec {
  readonly name: string;
  /** What the least-role client may do: read only (default for `primary`) or read and write (default otherwise). */
  readonly access?: "read" | "write";
  /** The Home division's name; by default one that differs from org to org. */
  readonly homeName?: string;
}

/** Creates a new organisation: Home division, roles, clients, managed objects, default site and routes. */
export function createOrg(spec: OrgSpec, world: World, resources: readonly Resource[]): Org {
  const base = `${world.seed}/org/${spec.name}`;
  const login = (which: string) => ({ id: guidFrom(`${base}/${which}`), secret: tokenFrom(`${base}/${which}/secret`) });
  const org: Org = {
    name: spec.name,
    id: guidFrom(base),
    client: login("client"),
    admin: login("admin"),
    homeDivisionId: guidFrom(`${base}/home`),
    state: emptyState(),
    watch: undefined,
  };
  const homeName = spec.homeName ?? (spec.name === "primary" ? "Home" : `Home ${spec.name}`);
  const access = spec.access ?? (spec.name === "primary" ? "read" : "write");
  for (const resource of resources) resource.provision?.({ org, homeName, access, now: world.clock.now() });
  return org;
}
