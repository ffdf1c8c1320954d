import { EXIT } from "../../model/error.ts";
import { canonicalJson, type Obj } from "../../model/json.ts";
import type { Kind } from "../../model/kind.ts";
import { defineCommand, TEXT_JSON } from "../command.ts";

export const kinds = defineCommand(
  {
    name: "kinds",
    summary: "list the kinds of objects and what is left out of each",
    formats: TEXT_JSON,
    examples: ["lockstep kinds", "lockstep kinds --format json"],
  },
  (command) => command,
  async (context, { format }) => {
    const { KINDS } = await import("../../kinds/index.ts");
    const all = [...KINDS.values()];
    context.stdout.write(format === "json" ? canonicalJson(all.map(description)) : await kindsTable(all));
    return EXIT.done;
  },
);

function description({ name, title, mode, permissions, schema }: Kind): Obj {
  const excluded = Object.entries(schema["x-excluded"] ?? {}).map(([path, { owner, why }]) => ({ path, owner, why }));
  return { kind: name, title, mode, excluded, permissions };
}

async function kindsTable(kinds: readonly Kind[]): Promise<string> {
  const { aligned } = await import("../../report/width.ts");
  const rows = kinds.map((kind) => {
    const excluded = Object.keys(kind.schema["x-excluded"] ?? {}).length;
    return [kind.name, MODES[kind.mode], excluded, kind.title];
  });
  const table = aligned([["kind", "what is done with it", "left out", "what it is"], ...rows]);
  const footer = "`lockstep kinds --format json` names every field that is left out, and why.";
  return [...table, "", footer].join("\n") + "\n";
}

const MODES: { readonly [mode in Kind["mode"]]: string } = {
  write: "compared, written",
  map: "known, referred to",
  derived: "derived, compared",
  report: "compared, reported",
};
