import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { format, resolveConfig } from "prettier";
import { KINDS } from "../../src/kinds/index.ts";
import { findApi, loadContract } from "./contract.ts";
import { CONFIRM, draftOf } from "./draft.ts";
import { kindFiles } from "./files.ts";
import type { KnownKinds } from "./references.ts";

const REPOSITORY = join(import.meta.dirname, "../..");
const FIXTURES = join(REPOSITORY, "test/kinds/fixtures");
const SIMULATOR = "src/simulator/resources";

/** What is asked for. */
export interface Wanted {
  /** Such as `emergency-group`. */
  readonly name: string;
  readonly title?: string | undefined;
  /** Address of the list, where the name does not tell it. */
  readonly path?: string | undefined;
  /** Directory of the official definition; `../shared/contract` unless given. */
  readonly contract?: string | undefined;
  /** Directory that the files are written below; the repository unless given. */
  readonly root?: string | undefined;
  /** The kind is there and only referred to (`map`): its descriptor and schema are replaced. */
  readonly fromMap?: boolean | undefined;
}

/**
 * Writes the files of a new kind; overwrites nothing.
 * @returns what was written, one line each, and what comes next
 * @throws Error when the name is none, the API is not found, or a file exists
 */
export async function startKind({
  name,
  title,
  path,
  contract,
  root = REPOSITORY,
  fromMap,
}: Wanted): Promise<string[]> {
  if (!/^[a-z]+(-[a-z]+)*$/.test(name)) throw new Error("A kind has a name such as emergency-group");
  const directory = contract ?? join(REPOSITORY, "../shared/contract");
  const contracts = loadContract(directory);
  if (contracts.length === 0)
    throw new Error(`There is no official definition in ${directory}; give another --contract`);
  const api = findApi(contracts, name, path);
  const known = knownKinds();
  const parent = api.path.includes("{") ? known.byPath.get(api.path.replace(/\/\{.*$/, "")) : undefined;
  const draft = draftOf(api, { ...known, byDefinition: new Map([...known.byDefinition, [api.answer, name]]) });
  const served = isServed(api.path);
  const files = kindFiles({ name, title: title ?? titleOf(name), api, draft, parent }).filter(
    (file) => !served || !file.path.startsWith(SIMULATOR),
  );
  const givesWay = fromMap === true && KINDS.get(name)?.mode === "map";
  const [taken] = files.filter((file) => !givesWay && existsSync(join(root, file.path)));
  if (taken !== undefined) throw new Error(`${taken.path} exists already; nothing was written`);
  const said: string[] = [];
  for (const file of files) {
    const text = await write(join(root, file.path), file.text);
    said.push(
      `${file.path}: ${String(text.split("\n").length - 1)} lines, ${String(text.split(CONFIRM).length - 1)} to confirm`,
    );
  }
  return [...said, ...(served ? [`The simulator serves ${api.path} already`] : [])];
}

function titleOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll("-", " ");
}

async function write(path: string, text: string): Promise<string> {
  const style = await resolveConfig(join(REPOSITORY, "package.json"));
  const formatted = await format(text, { ...style, filepath: path });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, formatted);
  return formatted;
}

/** Does a resource of the simulator name this address? */
function isServed(path: string): boolean {
  const address = JSON.stringify(path.replace(/\{[^}]*\}/, "{parentId}"));
  const directory = join(REPOSITORY, SIMULATOR);
  const files = readdirSync(directory).filter((file) => file.endsWith(".ts"));
  return files.some((file) => readFileSync(join(directory, file), "utf8").includes(address));
}

function knownKinds(): KnownKinds {
  const byDefinition = readdirSync(FIXTURES).map((file): [string, string] => {
    const fixture = JSON.parse(readFileSync(join(FIXTURES, file), "utf8")) as { contract: { answer: string } };
    return [fixture.contract.answer, file.replace(/\.json$/, "")];
  });
  const byPath = [...KINDS.values()].flatMap(({ name, read }) => {
    const path = read?.lists[0]?.op.split(" ")[1];
    return path === undefined ? [] : [[path, name] as const];
  });
  return {
    names: new Set(KINDS.keys()),
    byDefinition: new Map([["User", "user"], ...byDefinition]),
    byPath: new Map(byPath),
  };
}
