import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseFlow } from "../../../src/formats/architect/parse.ts";
import { flowReferences } from "../../../src/formats/architect/references.ts";
import { corpusFlows } from "./corpus.ts";

const CONFIGURATIONS = new URL("../../../../shared/corpus/flow-config/", import.meta.url);

interface Configuration {
  readonly name?: string;
  readonly manifest?: { readonly [kind: string]: readonly { readonly name?: string }[] };
}

/** Kinds of the manifest whose names also stand in YAML (architect-yaml §8). */
const KINDS = new Map(
  Object.entries({
    queue: "queue",
    dataAction: "data-action",
    dataTable: "data-table",
    contactList: "contact-list",
    acdWrapupCode: "wrap-up-code",
    worktype: "worktype",
    inboundCallFlow: "flow",
    inqueueCallFlow: "flow",
    userPrompt: "prompt",
  }),
);

function configurations(): Configuration[] {
  if (!existsSync(CONFIGURATIONS)) {
    process.stdout.write(
      "skipped: ../shared/corpus/flow-config is not there, references are not held against manifests\n",
    );
    return [];
  }
  return readdirSync(CONFIGURATIONS, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"))
    .map((file) => JSON.parse(readFileSync(new URL(encodeURI(file), CONFIGURATIONS), "utf8")) as Configuration);
}

function manifestNames({ manifest = {} }: Configuration): string[] {
  return Object.entries(manifest).flatMap(([key, entries]) => {
    const kind = KINDS.get(key);
    return kind === undefined ? [] : entries.map(({ name = "" }) => `${kind}/${name}`);
  });
}

/** Flows of which both the YAML and the platform's own list of what it refers to are published, under the same name. */
const pairs = configurations().flatMap((configuration) => {
  const flow = corpusFlows().find(
    ({ file, text }) => !file.includes("@") && parseFlow(text).name === configuration.name,
  );
  return flow ? [{ name: configuration.name ?? "", text: flow.text, configuration }] : [];
});

describe.skipIf(pairs.length === 0)(
  "references and the manifest that the platform wrote (skipped without ../shared)",
  () => {
    const checked = new Set(KINDS.values());

    test.each(pairs)("$name", ({ text, configuration }) => {
      const found = flowReferences(text).filter(
        ({ kind, form, dynamic }) => checked.has(kind) && form !== "guid" && !dynamic,
      );
      const names = [...new Set(found.map(({ kind, name }) => `${kind}/${name}`))];
      const listed = manifestNames(configuration);
      const kindOf = (name: string): string => name.slice(0, name.indexOf("/"));
      expect(names.map(kindOf).sort()).toEqual(listed.map(kindOf).sort());
      // Some authors changed names in the YAML before they published it; those that are there have to be found.
      const written = listed.filter((name) => text.includes(name.slice(name.indexOf("/") + 1)));
      expect(names).toEqual(expect.arrayContaining(written));
    });
  },
);
