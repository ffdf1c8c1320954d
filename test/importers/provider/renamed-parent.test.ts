import { beforeEach, describe, expect, it } from "vitest";
import { joinKey, splitCoordinate, splitKey } from "../../../src/model/coordinate.ts";
import { isObj, textOf, type Obj } from "../../../src/model/json.ts";
import { fill, openOffice, seedSteps, type Office } from "../../conformance/office.ts";
import type { PluginClient, State } from "./support/client.ts";
import { pluginIn } from "./support/plugin.ts";
import { refusalOf } from "./support/refusal.ts";

const RENAMED = "Another name";

let office: Office;

/** A site, one of its routes, and the plugin that has read both. */
interface Pair {
  readonly client: PluginClient;
  readonly site: State;
  readonly route: State;
  /** The route's inputs after its site has got another name. */
  readonly renamed: Obj;
}

async function readPair(): Promise<Pair> {
  const { client } = await pluginIn(office, { prune: "true" });
  const { ids } = await client.invoke("getInventory", {});
  const coordinates = isObj(ids) ? ids : {};
  const at = Object.keys(coordinates).find((coordinate) => coordinate.startsWith("outbound-route/")) ?? "";
  const [siteName = "", name = ""] = splitKey(splitCoordinate(at).key);
  const route = await client.read("outbound-route", textOf(coordinates[at]));
  const site = await client.read("site", textOf(coordinates[`site/${siteName}`]));
  if (route === undefined || site === undefined) throw new Error(at);
  const inputs = { ...route.inputs, site: `site/${RENAMED}`, key: joinKey(RENAMED, name) };
  const lockstep = { moved: { [`site/${siteName}`]: `site/${RENAMED}`, [at]: `outbound-route/${inputs.key}` } };
  return { client, site, route, renamed: { ...inputs, lockstep } };
}

async function renameSite({ client, site }: Pair): Promise<State> {
  return client.update("site", site, { ...site.inputs, name: RENAMED, key: RENAMED });
}

function writes(since: number): string[] {
  const log = office.simulator.world.log.slice(since);
  return log
    .filter(({ method, path }) => method !== "GET" && path.startsWith("/api/"))
    .map(({ method, path }) => `${method} ${path}`);
}

beforeEach(async () => {
  office = await openOffice();
  await fill(office, "standby", seedSteps());
});

describe("a route whose site got another name in the same run", () => {
  it("goes on under the new name, without a write of its own", async () => {
    const pair = await readPair();
    await renameSite(pair);
    const { client, route, renamed } = pair;
    const since = office.simulator.world.log.length;
    const updated = await client.update("outbound-route", route, renamed);
    expect(updated.outputs).toMatchObject({ site: `site/${RENAMED}`, key: renamed["key"] });
    expect(writes(since)).toEqual([]);
    const coordinate = `outbound-route/${textOf(renamed["key"])}`;
    expect(await client.invoke("getId", { coordinate })).toEqual({ id: route.id });
    expect(await refusalOf(client.invoke("getId", { coordinate: textOf(route.outputs["coordinate"]) }))).toMatch(
      /^not-found: /,
    );
    const changed = await client.update("outbound-route", updated, { ...renamed, description: "Abroad" });
    expect(changed.outputs).toMatchObject({ description: "Abroad" });
  });

  it("is changed where it should be another one too", async () => {
    const pair = await readPair();
    await renameSite(pair);
    const { client, route, renamed } = pair;
    const changed = await client.update("outbound-route", route, { ...renamed, description: "Abroad" });
    expect(changed.outputs).toMatchObject({ site: `site/${RENAMED}`, description: "Abroad" });
  });

  it("is deleted where it should go", async () => {
    const pair = await readPair();
    const { outputs: site } = await renameSite(pair);
    const { client, route } = pair;
    expect(site).toMatchObject({ name: RENAMED });
    const since = office.simulator.world.log.length;
    await client.remove("outbound-route", route);
    expect(writes(since)).toEqual([
      `DELETE /api/v2/telephony/providers/edges/sites/${pair.site.id}/outboundroutes/${route.id}`,
    ]);
    expect(await client.read("outbound-route", route.id, route)).toBeUndefined();
  });
});

describe("a route whose site is not known", () => {
  it("is not taken for deleted where the routes could not be listed", async () => {
    const { route } = await readPair();
    const blind = await pluginIn(office, { prune: "true" }, withoutRoutes(office));
    const moved = { ...route, outputs: { ...route.outputs, coordinate: "outbound-route/Elsewhere/Abroad" } };
    const since = office.simulator.world.log.length;
    expect(await refusalOf(blind.client.remove("outbound-route", moved))).toMatch(
      /^parent-unknown: outbound-route\/Elsewhere\/Abroad /,
    );
    expect(writes(since)).toEqual([]);
  });

  it("counts as deleted where a complete list of the routes does not have it", async () => {
    const { client, route } = await readPair();
    const outputs = { ...route.outputs, coordinate: "outbound-route/Elsewhere/Abroad" };
    await client.remove("outbound-route", { ...route, id: "00000000-0000-4000-8000-000000000000", outputs });
  });
});

/** The office's organisations, which refuse to list outbound routes. */
function withoutRoutes({ simulator }: Office): Office["simulator"] {
  const handle: typeof simulator.handle = async (request) => {
    const path = request.url.split("?")[0] ?? "";
    if (!path.endsWith("/edges/outboundroutes")) return simulator.handle(request);
    const body = JSON.stringify({ status: 403, code: "missing.permissions", message: "no" });
    return { status: 403, headers: { "content-type": "application/json" }, body };
  };
  return { ...simulator, handle };
}
