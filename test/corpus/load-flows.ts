import type { FlowFile } from "./flow-files.ts";
import { namedObjects, readFlows, type CorpusFlow, type Named } from "./named-objects.ts";
import type { Place, Send } from "./place.ts";

/** A file that the platform did not take, and why. */
export interface Refused {
  readonly file: string;
  readonly reasons: readonly string[];
}

/** What became of the files. */
export interface Loaded {
  readonly loaded: readonly string[];
  readonly refused: readonly Refused[];
  /** Flows that are only named, for which an empty one was published. */
  readonly stubs: readonly string[];
}

const keyOf = ({ type, name }: { readonly type: string; readonly name: string }): string => `${type}:${name}`;
const wantedKey = ({ qualifier, name }: Named): string => `${qualifier}:${name}`;

/** Publishes a YAML through a job (genesys-api §8.2); gives what the platform objects to. */
async function publish(place: Place, send: Send, yaml: string): Promise<string[]> {
  const job = (await send("POST", "/api/v2/flows/jobs", {})).body;
  await place.anyone("PUT", String(job["presignedUrl"]), yaml, job["headers"] as Record<string, string>);
  const { body } = await send("GET", `/api/v2/flows/jobs/${job.id}?expand=messages`);
  if (body["status"] === "Success") return [];
  const messages = body["messages"] as readonly { readonly text: string }[];
  return messages.length > 0 ? messages.map(({ text }) => text) : [`the job is ${String(body["status"])}`];
}

const ROOTS: ReadonlyMap<string, string> = new Map([
  ["BOT", "botFlow"],
  ["DIGITALBOT", "digitalBotFlow"],
  ["COMMONMODULE", "commonModule"],
  ["INBOUNDCALL", "inboundCall"],
  ["INQUEUECALL", "inqueueCall"],
  ["SECURECALL", "secureCall"],
]);

function stubYaml(type: string, name: string): string {
  return `${ROOTS.get(type) ?? type.toLowerCase()}:\n  name: ${JSON.stringify(name)}\n  division: Home\n`;
}

/** Publishes each flow after those it names; what is named and in no file, or named in a cycle, gets an empty flow first. */
export async function loadFlows(place: Place, send: Send, files: readonly FlowFile[]): Promise<Loaded> {
  const flows = readFlows(files);
  const versions = versionsOf(flows);
  const published = new Set<string>();
  const stubs: string[] = [];
  const loaded: string[] = [];
  const refused: Refused[] = [];
  const stub = async (key: string): Promise<void> => {
    const [type = "", ...name] = key.split(":");
    const reasons = await publish(place, send, stubYaml(type, name.join(":")));
    if (reasons.length > 0) throw new Error(`${key}: ${reasons.join("; ")}`);
    published.add(key);
    stubs.push(key);
  };
  const load = async (file: FlowFile): Promise<void> => {
    const reasons = await publish(place, send, file.yaml);
    if (reasons.length === 0) loaded.push(file.file);
    else refused.push({ file: file.file, reasons });
  };

  const named = namedObjects(flows)
    .filter(({ kind }) => kind === "flow")
    .map(wantedKey);
  for (const key of named) if (!versions.has(key)) await stub(key);
  const left = new Map(versions);
  while (left.size > 0) {
    const ready = [...left].filter(([key, group]) => missing(key, group, published).length === 0);
    for (const [key, group] of ready) {
      for (const flow of group) await load(flow);
      published.add(key);
      left.delete(key);
    }
    const [first] = left;
    if (ready.length === 0 && first !== undefined) for (const key of missing(...first, published)) await stub(key);
  }
  const readable = new Set(flows.map(({ file }) => file));
  for (const file of files) if (!readable.has(file.file)) await load(file);
  return { loaded, refused, stubs };
}

function versionsOf(flows: readonly CorpusFlow[]): Map<string, CorpusFlow[]> {
  const versions = new Map<string, CorpusFlow[]>();
  for (const flow of flows) versions.set(keyOf(flow), [...(versions.get(keyOf(flow)) ?? []), flow]);
  return versions;
}

function missing(self: string, versions: readonly CorpusFlow[], published: ReadonlySet<string>): string[] {
  const named = versions.flatMap(({ names }) => names.filter(({ kind }) => kind === "flow").map(wantedKey));
  return [...new Set(named)].filter((key) => key !== self && !published.has(key));
}
