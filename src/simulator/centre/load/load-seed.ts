import type { SeedObject, SeedStep, SeedValue } from "../types.ts";
import { isSeedObject, targetOf } from "../types.ts";
import type { Admin, Handle } from "./admin.ts";
import { adminOf } from "./admin.ts";
import { idOf, knownIds, resolved } from "./known-ids.ts";
import type { KnownIds } from "./known-ids.ts";
import { publishFlow } from "./publish-flow.ts";
import { uploadAudio } from "./upload-audio.ts";

interface Loading {
  readonly handle: Handle;
  readonly admin: Admin;
  readonly ids: KnownIds;
  readonly org: string;
}

async function pathOf(step: SeedStep, { ids, org }: Loading): Promise<string> {
  let path = step.path.replace("{org}", encodeURIComponent(org));
  for (const [index, target] of (step.at ?? []).entries())
    path = path.replace(`{${String(index)}}`, encodeURIComponent(await ids.idOf(target)));
  return path;
}

const without = (body: SeedValue, names: readonly string[]): SeedValue =>
  isSeedObject(body) ? Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name))) : body;

/** The plans that a site has stay, those of the same name change, the others are added behind (genesys-api §5.5). */
function mergedPlans(present: SeedValue, wanted: SeedValue): SeedValue {
  const objects = (value: SeedValue): readonly SeedObject[] =>
    Array.isArray(value) ? (value as readonly SeedValue[]).filter(isSeedObject) : [];
  const [had, own] = [objects(present), objects(wanted)];
  const kept = had.map((plan) => ({ ...plan, ...own.find(({ name }) => name === plan["name"]) }));
  const all = [...kept, ...own.filter(({ name }) => !had.some((plan) => plan["name"] === name))];
  return all.map((plan, index) => ({ ...plan, priority: index + 1 }));
}

async function bodyOf(step: SeedStep, path: string, { admin, ids }: Loading): Promise<SeedValue | undefined> {
  if (step.body === undefined) return undefined;
  const body = await resolved(without(step.body, step.late ?? []), ids, targetOf);
  if (step.kind === "number-plans") return mergedPlans(await admin("GET", path), body);
  if (step.versioned !== true || !isSeedObject(body)) return body;
  const present = await admin("GET", path);
  return isSeedObject(present) ? { ...body, version: present["version"] ?? 0 } : body;
}

async function perform(step: SeedStep, loading: Loading): Promise<void> {
  const { handle, admin, ids } = loading;
  if (step.yaml !== undefined) {
    ids.add([step.kind, step.name], await publishFlow(handle, admin, step.yaml, step.name));
    return;
  }
  const path = await pathOf(step, loading);
  if (step.audio !== undefined) {
    await uploadAudio(handle, admin, path, step.audio);
    return;
  }
  const answer = await admin(step.method, path, await bodyOf(step, path, loading));
  const id = idOf(answer);
  if (step.method === "POST" && id !== undefined) ids.add([step.kind, step.name], id);
}

/** The second pass: the whole object again, now that everything that it names exists (genesys-api §7). */
async function complete(step: SeedStep, { admin, ids }: Loading): Promise<void> {
  if (step.late === undefined || step.late.length === 0) return;
  const path = `${step.path}/${await ids.idOf([step.kind, step.name])}`;
  await admin("PUT", path, await resolved(step.body ?? {}, ids, targetOf));
}

/**
 * Builds a contact centre in an organisation of the simulator, by the requests an administrator would send. Rate limit
 * and job time are off meanwhile and as before afterwards.
 * @param handle the simulator's core, in memory
 * @param token an access token of the organisation's `admin` client
 * @param org the organisation's name in the control interface
 * @throws SeedError when the organisation refuses a step
 */
export async function loadSeed(handle: Handle, token: string, steps: readonly SeedStep[], org: string): Promise<void> {
  const admin = adminOf(handle, token);
  const settings = await admin("GET", "/_sim/settings");
  await admin("PUT", "/_sim/settings", { ratePerMinute: 0, jobMs: 0 });
  try {
    const loading: Loading = { handle, admin, ids: knownIds(admin), org };
    for (const step of steps) await perform(step, loading);
    for (const step of steps) await complete(step, loading);
  } finally {
    const { ratePerMinute = 0, jobMs = 0 } = isSeedObject(settings) ? settings : {};
    await admin("PUT", "/_sim/settings", { ratePerMinute, jobMs });
  }
}
