import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Config } from "../../src/model/config.ts";
import { placeholdersIn, type Placeholders } from "../../src/model/placeholders.ts";
import { createRedactor } from "../../src/model/redactor.ts";
import { parseConfig } from "../../src/platform/config.ts";
import { nodeFiles } from "../../src/platform/files.ts";
import { placeholdersFor } from "../../src/platform/placeholders.ts";
import { resolveSecret } from "../../src/platform/secrets.ts";

const KEY = "0123456789abcdef0123456789abcdef";
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "lockstep-placeholders-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

function configWith(include: string, rest = ""): Config {
  const org = "{region: eu-west-1, clientId: env:ID, clientSecret: env:SECRET}";
  return parseConfig(`orgs: {primary: ${org}, standby: ${org}}\ninclude: ${include}\n${rest}`, "lockstep.yaml");
}

const redactor = createRedactor();

async function open(config: Config, env: { readonly [name: string]: string } = {}): Promise<Placeholders | undefined> {
  const readSecret = (reference: string): Promise<string> => resolveSecret(reference, env, nodeFiles(), directory);
  return placeholdersFor({ config, directory }, { files: nodeFiles(), readSecret, redactor });
}

describe("placeholders", () => {
  it("are not used unless the configuration asks for them", async () => {
    expect(await open(configWith("{}"))).toBeUndefined();
  });

  it("are equal for equal secrets as long as the workspace keeps its key, which only its owner can read", async () => {
    const config = configWith("{secrets: placeholders}");
    const [one, two] = await Promise.all([open(config), open(config)]);
    const again = await open(config);
    expect(two?.of("s3cret")).toBe(one?.of("s3cret"));
    expect(again?.of("s3cret")).toBe(one?.of("s3cret"));
    expect(one?.of("s3cret")).not.toBe(one?.of("s3cret."));
    const file = join(directory, ".lockstep", "secrets", "key");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readFile(file, "utf8")).trim()).toMatch(/^[0-9a-f]{64}$/);
    await rm(file);
    expect((await open(config))?.keyId).not.toBe(one?.keyId);
    await writeFile(file, "");
    await expect(open(config)).rejects.toMatchObject({ code: "secrets-key-short", place: { file } });
  });

  it("tell their key, and neither it nor the secret", async () => {
    const config = configWith("{secrets: placeholders, secretsKey: env:KEY}");
    const placeholders = await open(config, { KEY });
    const placeholder = placeholders?.of("s3cret-value") ?? "";
    expect(placeholdersIn(`a ${placeholder} b`)).toEqual([{ placeholder, keyId: placeholders?.keyId, at: 2 }]);
    expect(placeholder).not.toMatch(/s3cret|0123456789abcdef/);
    expect(redactor.clean("refused: s3cret-value")).toBe("refused: [secret]");
  });

  it("know the secrets of the configuration that are available", async () => {
    const rules = `secrets: [{kind: data-table, name: A, path: /rows/a/b, value: env:HERE}, {kind: data-table, name: A, path: /rows/a/c, value: env:AWAY}]`;
    const config = configWith("{secrets: placeholders, secretsKey: env:KEY}", rules);
    const placeholders = await open(config, { KEY, HERE: "correct1horse" });
    const placeholder = placeholders?.of("correct1horse") ?? "";
    expect(placeholders?.given).toEqual(new Map([[placeholder, "correct1horse"]]));
    expect(placeholders?.references).toEqual(new Map([["env:HERE", placeholder]]));
  });

  it("are refused with a key that could be tried out", async () => {
    const config = configWith("{secrets: placeholders, secretsKey: env:KEY}");
    await expect(open(config, { KEY: "short" })).rejects.toMatchObject({ code: "secrets-key-short" });
  });
});
