// `npm run kind:new -- NAME [--path /api/v2/…] [--title TEXT] [--from-map]`: starts a new kind from the official definition.
// Writes its schema, descriptor and fixture and a start for the simulator's resource, and overwrites nothing, except, with
// `--from-map`, a kind that was only referred to so far. What has to be looked up says CONFIRM; a test fails as long as one is left.
import { parseArgs } from "node:util";
import { startKind } from "./kind-new/start.ts";

const text = { type: "string" } as const;

async function main(): Promise<void> {
  const options = { path: text, title: text, contract: text, root: text, "from-map": { type: "boolean" } } as const;
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  for (const line of await startKind({ ...values, fromMap: values["from-map"], name: positionals[0] ?? "" }))
    console.log(line);
  console.log(
    "Look up what says CONFIRM, then run `npm run generate` and `npx vitest run test/kinds test/conformance`.",
  );
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
