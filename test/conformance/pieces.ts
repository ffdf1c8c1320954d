import { coordinateOf } from "../../src/model/coordinate.ts";
import { isObj, textOf, type Obj } from "../../src/model/json.ts";
import { formatPointer } from "../../src/model/pointer.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { publish } from "./companions.ts";
import type { Outcome } from "./edit-round.ts";
import type { Body, Office } from "./office.ts";

/** Objects of a kind, with their ids. */
function objectsOf(snapshot: Snapshot, kind: string): { coordinate: string; id: string; object: Obj }[] {
  return [...snapshot.objects].flatMap(([coordinate, object]) =>
    coordinate.startsWith(`${kind}/`) ? [{ coordinate, id: snapshot.ids.get(coordinate) ?? "", object }] : [],
  );
}

/** The n-th object of a kind that has enough of something. */
function having(
  snapshot: Snapshot,
  kind: string,
  property: string,
  enough: number,
  at = 0,
): ReturnType<typeof objectsOf>[0] {
  const size = (object: Obj): number =>
    Object.keys(isObj(object[property]) || Array.isArray(object[property]) ? object[property] : {}).length;
  const found = objectsOf(snapshot, kind).filter(({ object }) => size(object) >= enough)[at];
  if (found === undefined) throw new Error(`no ${kind} has ${String(enough)} ${property}`);
  return found;
}

/** Pieces that come and go: members, codes, rows, columns, order, templates, the text of a flow. One each, by hand. */
export async function changePieces(office: Office, { primary }: { readonly primary: Snapshot }): Promise<Outcome[]> {
  const admin = office.admin.primary;
  const outcomes: Outcome[] = [];
  const changed = (coordinate: string, ...path: readonly string[]): void =>
    void outcomes.push({ name: coordinate, coordinate, pointer: formatPointer(path), result: "changed" });
  const queue = (at: number): ReturnType<typeof having> => having(primary, "queue", "members", 3, at);
  const members = ({ id }: { readonly id: string }): string => `/api/v2/routing/queues/${id}/members`;
  const emailsOf = ({ object }: { readonly object: Obj }): string[] =>
    Object.keys(isObj(object["members"]) ? object["members"] : {});
  const userId = (email: string): string => primary.ids.get(coordinateOf("user", email)) ?? "";

  const emails = [...primary.ids.keys()].filter((at) => at.startsWith("user/")).map((at) => at.slice("user/".length));
  const outsider = emails.find((email) => !emailsOf(queue(0)).includes(email)) ?? "";
  await admin("POST", members(queue(0)), [{ id: userId(outsider) }]);
  changed(queue(0).coordinate, "members", outsider);

  const [leaver = ""] = emailsOf(queue(1));
  await admin("POST", `${members(queue(1))}?delete=true`, [{ id: userId(leaver) }]);
  changed(queue(1).coordinate, "members", leaver);

  const ringed =
    objectsOf(primary, "queue").find((one) => one.object["bullseye"] !== undefined && emailsOf(one).length > 0) ??
    queue(0);
  const [first = ""] = emailsOf(ringed);
  const own = isObj(ringed.object["members"]) ? ringed.object["members"][first] : undefined;
  const ringNumber = isObj(own) && own["ringNumber"] === 2 ? 1 : 2;
  await admin("PATCH", `${members(ringed)}/${userId(first)}`, { ringNumber });
  changed(ringed.coordinate, "members", first, "ringNumber");

  const coded = having(primary, "queue", "wrapUpCodes", 2, 3);
  const codes = coded.object["wrapUpCodes"] as string[];
  const code = objectsOf(primary, "wrap-up-code").find(({ coordinate }) => !codes.includes(coordinate));
  await admin("POST", `/api/v2/routing/queues/${coded.id}/wrapupcodes`, [{ id: code?.id }]);
  changed(coded.coordinate, "wrapUpCodes", code?.coordinate ?? "");
  const dropped = codes[0] ?? "";
  await admin("DELETE", `/api/v2/routing/queues/${coded.id}/wrapupcodes/${primary.ids.get(dropped) ?? ""}`);
  changed(coded.coordinate, "wrapUpCodes", dropped);

  const [table, grown] = [having(primary, "data-table", "rows", 3), having(primary, "data-table", "rows", 3, 1)];
  const rows = `/api/v2/flows/datatables/${table.id}/rows`;
  const [lost = "", model = ""] = Object.keys(isObj(table.object["rows"]) ? table.object["rows"] : {});
  await admin("DELETE", `${rows}/${encodeURIComponent(lost)}`);
  changed(table.coordinate, "rows", lost);
  const row = await admin("GET", `${rows}/${encodeURIComponent(model)}?showbrief=false`);
  await admin("POST", rows, { ...row, key: "a new/key ~1" });
  changed(table.coordinate, "rows", "a new/key ~1");

  const address = `/api/v2/flows/datatables/${grown.id}`;
  const { schema, ...rest } = await admin("GET", `${address}?expand=schema`);
  const columns = (schema as { properties: Body }).properties;
  const column = {
    $id: "/properties/added",
    type: "string",
    title: "added",
    displayOrder: Object.keys(columns).length,
  };
  await admin("PUT", address, { ...rest, schema: { ...(schema as Body), properties: { ...columns, added: column } } });
  changed(grown.coordinate, "schema", "properties", "added");

  const site = having(primary, "site", "numberPlans", 3);
  const plans = (await admin(
    "GET",
    `/api/v2/telephony/providers/edges/sites/${site.id}/numberplans`,
  )) as unknown as Body[];
  const turned = [...plans].reverse().map((plan, at) => ({ ...plan, priority: at + 1 }));
  await admin("PUT", `/api/v2/telephony/providers/edges/sites/${site.id}/numberplans`, turned);
  changed(site.coordinate, "numberPlans");

  const action = having(primary, "data-action", "config", 1);
  const actionAddress = `/api/v2/integrations/actions/${action.id}`;
  const { version } = await admin("GET", actionAddress);
  const config = {
    request: { requestTemplate: '{"changed": "${input.a}"}' },
    response: { successTemplate: "$changed" },
  };
  await admin("PATCH", actionAddress, { config, version });
  changed(action.coordinate, "config", "request", "requestTemplate");
  changed(action.coordinate, "config", "response", "successTemplate");

  // Earlier rounds rename tables, and the simulator exports the names of tables as they were when the flow was published.
  const flow = objectsOf(primary, "flow").find(
    ({ object }) => textOf(object["yaml"]).includes("tts: ") && !textOf(object["yaml"]).includes("dataTable:"),
  );
  await publish(office, textOf(flow?.object["yaml"]).replace(/tts: ("?)/, "tts: $1Changed. "));
  changed(flow?.coordinate ?? "", "yaml");
  return outcomes;
}
