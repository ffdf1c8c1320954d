// `npm run kind:new -- NAME [--path /api/v2/…] [--title TEXT]`: starts a new kind from the official definition. Writes its
// schema, descriptor and fixture and a start for the simulator's resource, and overwrites nothing. What has to be looked up
// says CONFIRM; a test fails as long as one is left.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { format, resolveConfig } from "prettier";
import { KINDS } from "../src/kinds/index.ts";
import { findApi, loadContract } from "./kind-new/contract.ts";
import { CONFIRM, draftOf } from "./kind-new/draft.ts";
import { kindFiles } from "./kind-new/files.ts";
import type { KnownKinds } from "./kind-new/references.ts";

const ROOT = join(import.meta.dirname, "..");
const FIXTURES = "test/kinds/fixtures";
const SIMULATOR = "src/simulator/resources";

/** Does a resource of the simulator name this address? */
function isServed(path: string): boolean {
  const address = JSON.stringify(path.replace(/\{[^}]*\}/, "{parentId}"));
  const files = readdirSync(join(ROOT, SIMULATOR)).filter((file) => file.endsWith(".ts"));
  return files.some((file) => readFileSync(join(ROOT, SIMULATOR, file), "utf8").includes(address));
}

function knownKinds(): KnownKinds {
  const byDefinition = readdirSync(join(ROOT, FIXTURES)).map((file): [string, string] => {
    const fixture = JSON.parse(readFileSync(join(ROOT, FIXTURES, file), "utf8")) as { contract: { answer: string } };
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

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      path: { type: "string" },
      title: { type: "string" },
      contract: { type: "string", default: join(ROOT, "../shared/contract") },
      root: { type: "string", default: ROOT },
    },
  });
  const [name = ""] = positionals;
  if (!/^[a-z]+(-[a-z]+)*$/.test(name)) {
    throw new Error(
      "Usage: npm run kind:new -- NAME [--path /api/v2/…] [--title TEXT], with a NAME such as emergency-group",
    );
  }
  const contracts = loadContract(values.contract);
  if (contracts.length === 0)
    throw new Error(`There is no official definition in ${values.contract}; give another --contract`);
  const api = findApi(contracts, name, values.path);
  const title = values.title ?? name.charAt(0).toUpperCase() + name.slice(1).replaceAll("-", " ");
  const known = knownKinds();
  const parent = api.path.includes("{") ? known.byPath.get(api.path.replace(/\/\{.*$/, "")) : undefined;
  const served = isServed(api.path);
  const files = kindFiles({ name, title, api, draft: draftOf(api, known), parent }).filter(
    ({ path }) => !served || !path.startsWith(SIMULATOR),
  );
  const [taken] = files.filter(({ path }) => existsSync(join(values.root, path)));
  if (taken !== undefined) throw new Error(`${taken.path} exists already; nothing was written`);
  const style = await resolveConfig(join(ROOT, "package.json"));
  for (const { path, text } of files) {
    const target = join(values.root, path);
    mkdirSync(dirname(target), { recursive: true });
    const formatted = await format(text, { ...style, filepath: path });
    writeFileSync(target, formatted);
    const open = formatted.split(CONFIRM).length - 1;
    console.log(`${path}: ${String(formatted.split("\n").length - 1)} lines, ${String(open)} to confirm`);
  }
  if (served) console.log(`The simulator serves ${api.path} already`);
  console.log(
    `Look up what says ${CONFIRM}, then run \`npm run generate\` and \`npx vitest run test/kinds test/conformance\`.`,
  );
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
