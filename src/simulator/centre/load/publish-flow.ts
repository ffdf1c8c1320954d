import { isSeedObject } from "../types.ts";
import type { SeedValue } from "../types.ts";
import type { Admin, Handle } from "./admin.ts";
import { send, SeedError } from "./admin.ts";
import { idOf } from "./known-ids.ts";

const polls = 20;

const property = (value: SeedValue, name: string): SeedValue => (isSeedObject(value) ? (value[name] ?? null) : null);
const textAt = (value: SeedValue, name: string): string => {
  const found = property(value, name);
  return typeof found === "string" ? found : "";
};

/** Publishes YAML through a flow job (genesys-api §8.2); gives the flow's id. @throws SeedError with the job's messages */
export async function publishFlow(handle: Handle, admin: Admin, yaml: string, name: string): Promise<string> {
  const job = await admin("POST", "/api/v2/flows/jobs", {});
  const address = new URL(textAt(job, "presignedUrl"));
  const given = property(job, "headers");
  const headers = Object.fromEntries(
    Object.entries(isSeedObject(given) ? given : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
  await send(handle, {
    method: "PUT",
    url: `${address.pathname}${address.search}`,
    headers: { host: address.host, ...headers },
    body: yaml,
  });
  for (let poll = 0; poll < polls; poll += 1) {
    const state = await admin("GET", `/api/v2/flows/jobs/${idOf(job) ?? ""}?expand=messages`);
    if (textAt(state, "status") === "Success") return idOf(property(state, "flow")) ?? "";
    if (textAt(state, "status") === "Failure")
      throw new SeedError(`flow ${name}: ${JSON.stringify(property(state, "messages"))}`);
  }
  throw new SeedError(`flow ${name}: its job does not end`);
}
