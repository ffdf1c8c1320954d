import struct from "google-protobuf/google/protobuf/struct_pb.js";

/** Properties of a resource as the engine sends them, in plain JSON. */
export interface Obj {
  readonly [property: string]: unknown;
}

/** What stands for a value that is not known before the update. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Marks an object as one that JSON has no type for, such as a file. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** A signed object that holds a secret. */
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Archives and files, such as a function's code. */
const ASSETS: ReadonlySet<unknown> = new Set(["0def7320c3a5731c473e5ecbe6d01bc7", "c44067f5952c0a294b673a41bacd8c17"]);

/** True for a value that is not known before the update. */
export function isUnknown(value: unknown): boolean {
  return value === UNKNOWN;
}

/** True for an archive or a file. */
export function isAsset(value: unknown): value is Obj {
  return isObj(value) && ASSETS.has(value[SIGNATURE]);
}

/** True for what has properties of its own. */
export function isObj(value: unknown): value is Obj {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The properties in a message of the engine; the values of secrets stand without their marks. */
export function fromStruct(message: struct.Struct | undefined): Obj {
  return message === undefined ? {} : (bare(message.toJavaScript()) as Obj);
}

/** A message to the engine; properties that are undefined are left out. */
export function toStruct(properties: Obj): struct.Struct {
  return struct.Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as Record<string, struct.JavaScriptValue>);
}

function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (!isObj(value)) return value;
  if (value[SIGNATURE] === SECRET) return bare(value["value"]);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, bare(entry)]));
}

/** Whether two values are the same JSON; properties that are undefined or null do not count. */
export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObj(value)) return value;
  const kept = Object.entries(value).filter(([, entry]) => entry !== undefined && entry !== null);
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, entry]) => [key, sorted(entry)]));
}
