import { isObj, listOf, textOf, type Json } from "../../../src/model/json.ts";
import type { Kind, List } from "../../../src/model/kind.ts";
import type { Parameter } from "../../../tools/fidelity/contract.ts";
import type { Fault } from "./fault.ts";
import { operationOf } from "./operations.ts";
import { inText, rawObjects, type World } from "./world.ts";

/** Do the lists of a kind page as its descriptor says, with the largest page that they take (genesys-api §1.2)? */
export async function listFaults(kind: Kind, world: World): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const list of kind.read?.lists ?? []) {
    const found = [
      ...(await pagingFaults(list, world)),
      ...(await sizeFaults(list, world)),
      ...parameterFaults(list, world),
    ];
    faults.push(...found.map((what) => ({ kind: kind.name, field: list.op, what })));
  }
  return faults;
}

/** Asked for one object at a time, a list shows how it pages. */
async function pagingFaults(list: List, world: World): Promise<string[]> {
  const answer = await world.admin("GET", addressOf(list, world, { pageSize: 1 }));
  const paging = pagingOf(answer as Json);
  if (paging === undefined) return ["has too few objects to show how it pages"];
  return paging === list.paging ? [] : [`paging is "${list.paging}", but it answers as "${paging}" does`];
}

function pagingOf(answer: Json): List["paging"] | undefined {
  if (!isObj(answer)) return "none";
  const next = textOf(answer["nextUri"]);
  if (/[?&]after=/.test(next)) return "cursor";
  if (answer["pageNumber"] !== undefined) return "page";
  return listOf(answer["entities"]).length > 1 ? "none" : undefined;
}

async function sizeFaults(list: List, world: World): Promise<string[]> {
  if (list.paging === "none") return [];
  const pageSize = list.size ?? 25;
  try {
    await world.admin("GET", addressOf(list, world, { pageSize }));
    return [];
  } catch {
    return [`size ${pageSize} is above the cap: the page is refused`];
  }
}

/** What the definition says about the parameters of the list. */
function parameterFaults(list: List, { contract }: World): string[] {
  if (contract === undefined) return [];
  const parameters = operationOf(contract, list.op)?.operation.parameters;
  if (parameters === undefined) return ["is no operation of the official definition"];
  const paging = parameters.some(({ name }) => name === "pageNumber")
    ? "page"
    : parameters.some(({ name }) => name === "after")
      ? "cursor"
      : "none";
  const cap = capOf(parameters);
  const above = cap !== undefined && (list.size ?? 25) > cap;
  return [
    ...(paging === list.paging ? [] : [`paging is "${list.paging}", but its parameters are those of "${paging}"`]),
    ...(above ? [`size ${list.size ?? 25} is above the cap of ${cap} that the definition names`] : []),
  ];
}

/** The largest page, where the description tells it. */
function capOf(parameters: readonly Parameter[]): number | undefined {
  const { description = "" } = parameters.find(({ name }) => name === "pageSize") ?? {};
  const [, digits] = /max[a-z ]*?(?:is|value|size|of|:)* *(\d+)/i.exec(description) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function addressOf(list: List, world: World, more: { readonly pageSize: number }): string {
  const [, path = ""] = list.op.split(" ");
  const query = inText({ ...list.query, ...more });
  const parent = list.per === undefined ? undefined : rawObjects(world, list.per.kind)[0];
  return `${path.replace(/\{\w+\}/, parent?.id ?? "")}?${new URLSearchParams(query).toString()}`;
}
