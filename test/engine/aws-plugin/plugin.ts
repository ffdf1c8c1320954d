import { declarations, type Problem } from "./declared.ts";
import { text, type Handler } from "./handler.ts";
import { places, suffix, type Place } from "./place.ts";
import { HANDLERS } from "./resources/index.ts";
import { isObj, isUnknown, same, type Obj } from "./values.ts";

/** A resource as the engine names it. */
export interface Named {
  readonly type: string;
  readonly name: string;
}

/** How a resource is kept in state: the program's inputs and everything that is known. */
export interface Stored {
  readonly id: string;
  readonly inputs: Obj;
  readonly outputs: Obj;
}

/** The stand-in without its server: what each request of the engine is answered with. */
export interface Plugin {
  configure(settings: Obj): void;
  check(resource: Named, inputs: Obj, before: Obj, seed: Uint8Array): { inputs: Obj; problems: Problem[] };
  /** Names of changed properties, and which of them mean another resource. */
  diff(type: string, before: Obj, inputs: Obj, ignored: readonly string[]): { changed: string[]; replaces: string[] };
  create(type: string, inputs: Obj): Promise<{ id: string; outputs: Obj }>;
  read(type: string, stored: Stored): Promise<Stored | undefined>;
  update(type: string, id: string, inputs: Obj, state: Obj): Promise<Obj>;
  remove(type: string, id: string, state: Obj): Promise<void>;
  region(args: Obj): Place;
}

/** Makes a stand-in that talks to the moto server at an endpoint. @throws Error when that is not on this machine */
export function makePlugin(endpoint: string | undefined): Plugin {
  const placeIn = places(endpoint);
  const declared = declarations();
  const settings = { region: "us-east-1", tags: {} as Obj };
  const placeOf = (properties: Obj): Place => placeIn(text(properties, "region") || settings.region);
  const outputsOf = (inputs: Obj, more: Obj): Obj => ({
    ...inputs,
    ...more,
    region: placeOf(inputs).region,
    ...(isObj(inputs["tags"]) ? { tagsAll: { ...settings.tags, ...inputs["tags"] } } : {}),
  });
  return {
    configure: ({ region, defaultTags }) => {
      if (typeof region === "string") settings.region = region;
      if (isObj(defaultTags) && isObj(defaultTags["tags"])) settings.tags = defaultTags["tags"];
    },
    check: ({ type, name }, inputs, before, seed) => {
      const { named, names } = handlerOf(type);
      if (named === undefined) return { inputs, problems: declared.problems(type, inputs) };
      const own = inputs[named] ?? before[named] ?? `${name}-${suffix(seed, name)}`;
      const fits = names === undefined || typeof own !== "string" || isUnknown(own) || names.test(own);
      const wrong = { property: named, reason: `is ${JSON.stringify(own)}, which AWS does not take for a name` };
      return {
        inputs: { ...inputs, [named]: own },
        problems: [...declared.problems(type, inputs), ...(fits ? [] : [wrong])],
      };
    },
    diff: (type, before, inputs, ignored) => {
      const names = [...new Set([...Object.keys(before), ...Object.keys(inputs)])].filter(
        (name) => !ignored.includes(name),
      );
      const changed = names.filter((name) => isUnknown(inputs[name]) || !same(before[name], inputs[name]));
      const handler = handlerOf(type);
      return {
        changed,
        replaces: changed.filter((name) => handler.update === undefined || handler.replaces?.includes(name)),
      };
    },
    create: async (type, inputs) => {
      const { id, outputs = {} } = await handlerOf(type).create(inputs, placeOf(inputs));
      return { id, outputs: outputsOf(inputs, outputs) };
    },
    read: async (type, { id, inputs, outputs }) => {
      const living = await handlerOf(type).read(id, outputs, placeOf(outputs));
      if (living === undefined) return undefined;
      const known = Object.entries(living).filter(([name]) => name in inputs);
      return { id, inputs: { ...inputs, ...Object.fromEntries(known) }, outputs: { ...outputs, ...living } };
    },
    update: async (type, id, inputs, state) => {
      await handlerOf(type).update?.(id, inputs, state, placeOf(state));
      const computed = Object.entries(state).filter(([name]) => COMPUTED.has(name));
      return outputsOf(inputs, Object.fromEntries(computed));
    },
    remove: async (type, id, state) => handlerOf(type).remove(id, state, placeOf(state)),
    region: placeOf,
  };
}

/** Outputs that no input gives and no update changes. */
const COMPUTED: ReadonlySet<string> = new Set([
  ...["arn", "zoneId", "nameServers", "primaryNameServer", "fqdn", "uniqueId", "owner", "ownerId", "streamArn"],
  ...["dashboardArn", "invokeArn", "version", "keyId", "url", "rotationEnabled", "codeSha256", "state"],
]);

function handlerOf(type: string): Handler {
  const found = HANDLERS.get(type);
  if (found === undefined) throw new Error(`the stand-in for the AWS plugin does not know ${type}`);
  return found;
}
