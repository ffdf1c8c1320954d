import { EXIT } from "../../model/error.ts";
import { canonicalJson, type Obj } from "../../model/json.ts";
import type { Kind } from "../../model/kind.ts";
import { KINDS } from "../../kinds/index.ts";
import { aligned } from "../../report/plain.ts";
import type { Context } from "../context.ts";
import type { CommonOptions } from "../open-app.ts";

/** `lockstep kinds`: what is kept in step, and which fields of each kind are not compared, with the reason. */
export function run(context: Context, options: CommonOptions): Promise<number> {
  const kinds = [...KINDS.values()];
  context.stdout.write(options.format === "json" ? canonicalJson(kinds.map(description)) : kindsTable(kinds));
  return Promise.resolve(EXIT.done);
}

function description(kind: Kind): Obj {
  const excluded = Object.entries(kind.schema["x-excluded"] ?? {}).map(([path, { owner, why }]) => ({
    path,
    owner,
    why,
  }));
  const { name, title, mode, permissions } = kind;
  return { kind: name, title, mode, excluded, permissions };
}

function kindsTable(kinds: readonly Kind[]): string {
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
