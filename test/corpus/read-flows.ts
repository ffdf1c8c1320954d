import { parse } from "yaml";
import type { Obj } from "../../src/model/json.ts";
import type { Send } from "./place.ts";

/** The published YAML of every flow with one, by type and name, exported over HTTP (genesys-api §8.1). */
export async function exportFlows(send: Send): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (let page = 1; ; page += 1) {
    const { body } = await send("GET", `/api/v2/flows?pageSize=100&pageNumber=${String(page)}`);
    for (const { id, type, name, system, publishedVersion } of body.entities) {
      if (system === true || publishedVersion === undefined) continue;
      const job = (await send("POST", "/api/v2/flows/export/jobs", { flows: [{ flow: { id } }] })).body;
      const state = (await send("GET", `/api/v2/flows/export/jobs/${job.id}`)).body;
      const { text } = await send("GET", String(state["downloadUrl"]));
      texts.set(`${String(type)}:${String(name)}`, text);
    }
    if (body.entities.length < 100) return texts;
  }
}

/** A flow's YAML as data. */
export function dataOf(yaml: string): Obj {
  return parse(yaml) as Obj;
}
