import { KINDS } from "../../src/kinds/index.ts";
import { addressesOf } from "./editors.ts";
import { CANARY, fill, seedSteps, rawState, type Body, type Office } from "./office.ts";
import { addMissingProperties, addSamples } from "./samples.ts";

/** Addresses of objects that lockstep does not create → the simulator's kind. E-mail domains come by the API. */
const GIVEN: readonly (readonly [RegExp, string])[] = [...KINDS.values()].flatMap(({ name, mode, read, write }) => {
  const isGiven = mode === "map" || (mode === "write" && write?.create === undefined);
  return isGiven && read !== undefined && name !== "email-domain" ? [[addressesOf(read), name] as const] : [];
});

/** What the simulator asks of such an object. */
const ASKED = ["name", "email", "state", "type", "messengerType"];

/** Objects that lockstep refers to or changes and never creates, as an organisation needs them before it is provisioned. */
export function referredTo(state: Readonly<Record<string, Body>>): Body[] {
  return Object.entries(state).flatMap(([path, entity]) => {
    const [, kind] = GIVEN.find(([pattern]) => pattern.test(path)) ?? [];
    if (kind === undefined) return [];
    const given = ASKED.filter((name) => entity[name] !== undefined);
    return [{ kind, ...Object.fromEntries(given.map((name) => [name, entity[name]])) }];
  });
}

/** Flow types of which the seed has one flow only, so that a reference to it has no other choice. */
const SECOND_DOMAIN = "second.example.com";
const SCARCE = ["inboundEmail", "inqueueEmail", "inqueueShortMessage"];

/** Objects beside those of the seed, so that every reference can be turned to another object. */
async function addAlternatives(office: Office): Promise<void> {
  const { primary } = office.admin;
  for (const type of SCARCE) await publish(office, `${type}:\n  name: Second ${type}\n`);
  const credentialFields = { userName: "second", password: CANARY };
  const credential = { name: "Second login", type: { name: "basicAuth" }, credentialFields };
  await primary("POST", "/api/v2/integrations/credentials", credential);
  await addDivisions(office);
  const { entities } = (await primary("GET", "/api/v2/routing/email/domains")) as { entities: { id: string }[] };
  await primary("POST", "/api/v2/routing/email/domains", { id: SECOND_DOMAIN, subDomain: false });
  for (const { id } of entities) {
    const route = { pattern: "second", fromName: "Second" };
    await primary("POST", `/api/v2/routing/email/domains/${id}/routes`, route);
  }
}

/**
 * Objects of a kind that no object of the seed has a division in, though an update could put it there: one of each is put in a
 * division of its own.
 */
async function addDivisions(office: Office): Promise<void> {
  const { primary } = office.admin;
  const state = Object.entries(await rawState(office, "primary"));
  const own = state.find(([path, { homeDivision }]) => path.includes("/divisions/") && homeDivision === false);
  const managed = new Set(state.flatMap(([, entity]) => (entity["managed"] === true ? [entity["id"]] : [])));
  for (const { read, write, schema } of KINDS.values()) {
    const divided = schema.properties?.["division"] !== undefined && write?.style === "full";
    if (!divided || read === undefined || write.moveAs !== undefined) continue;
    const addresses = addressesOf(read);
    const objects = state.filter(([at]) => addresses.test(at) && !at.split("/").some((part) => managed.has(part)));
    const [address] = objects[0] ?? [];
    if (address === undefined || objects.some(([, { division }]) => division !== undefined)) continue;
    await primary("PUT", address, { ...(await primary("GET", address)), division: { id: own?.[1]["id"] } });
  }
}

/** Publishes a flow in the primary through a job (genesys-api §8.2). @throws Error with what the job says */
export async function publish({ simulator, admin }: Office, yaml: string): Promise<void> {
  const job = await admin.primary("POST", "/api/v2/flows/jobs", {});
  const { pathname } = new URL(String(job["presignedUrl"]));
  const headers = job["headers"] as Record<string, string>;
  await simulator.handle({ method: "PUT", url: pathname, headers, body: yaml });
  const { status, messages } = await admin.primary("GET", `/api/v2/flows/jobs/${String(job["id"])}?expand=messages`);
  if (status !== "Success") throw new Error(JSON.stringify(messages));
}

/** The seed's contact centre in the primary; in the standby only what lockstep never writes and others refer to. */
export async function furnish(office: Office): Promise<void> {
  await fill(office, "primary", seedSteps());
  await addSamples(office);
  for (const body of referredTo(await rawState(office, "primary"))) {
    const answer = await office.simulator.handle({
      method: "POST",
      url: "/_sim/orgs/standby/objects",
      headers: {},
      body: JSON.stringify(body),
    });
    if (answer.status !== 200) throw new Error(String(answer.body));
  }
  await addAlternatives(office);
  await addMissingProperties(office);
  const { primary, standby } = office.admin;
  const domains = (await primary("GET", "/api/v2/routing/email/domains")) as { entities: { id: string }[] };
  for (const { id } of domains.entities)
    await standby("POST", "/api/v2/routing/email/domains", { id, subDomain: false });
}
