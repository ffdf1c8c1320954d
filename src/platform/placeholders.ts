import { createHmac, randomBytes } from "node:crypto";
import { LockstepError } from "../model/error.ts";
import { placeholderText, type Placeholders } from "../model/placeholders.ts";
import type { Files, ReadSecret } from "../model/ports.ts";
import type { Redactor } from "../model/redactor.ts";
import { ownKeyPath, type Workspace } from "../model/workspace.ts";

/** What placeholders take from the process. */
export interface PlaceholderPorts {
  readonly files: Pick<Files, "read" | "createPrivate">;
  readonly readSecret: ReadSecret;
  /** Learns every secret that gets a placeholder, because Genesys Cloud repeats refused values in its messages. */
  readonly redactor: Pick<Redactor, "hide">;
}

/** A key of fewer characters could be tried out. */
const SHORTEST_KEY = 32;

/**
 * The placeholders that a workspace asks for; undefined where it keeps secrets. They are HMACs (RFC 2104) with a key that
 * the configuration names, or that is created in the workspace when it is needed first.
 * @throws LockstepError `secrets-key-short`, `secret-missing`, `file-unreadable`, `file-unwritable`
 */
export async function placeholdersFor(
  workspace: Pick<Workspace, "config" | "directory">,
  { files, readSecret, redactor }: PlaceholderPorts,
): Promise<Placeholders | undefined> {
  const { secrets, secretsKey } = workspace.config.include;
  if (secrets === "values") return undefined;
  const key = secretsKey === undefined ? await ownKey(files, workspace) : await readSecret(secretsKey);
  if (key.length < SHORTEST_KEY) throw secretsKey === undefined ? damagedKey(workspace) : shortKey(key.length);
  const keyId = digest(key, "key of placeholders").slice(0, 8);
  const of = (secret: string): string => {
    redactor.hide(secret);
    return placeholderText(keyId, digest(key, `secret:${secret}`));
  };
  const given = new Map<string, string>();
  const references = new Map<string, string>();
  for (const { value: reference } of workspace.config.secrets) {
    const secret = await orMissing(readSecret(reference));
    if (secret === undefined) continue;
    given.set(of(secret), secret);
    references.set(reference, of(secret));
  }
  return { keyId, of, given, references };
}

/** A comparison may be made where the secrets of the standby are not available; an apply asks for them itself. */
async function orMissing(secret: Promise<string>): Promise<string | undefined> {
  try {
    return await secret;
  } catch (error) {
    if (error instanceof LockstepError) return undefined;
    throw error;
  }
}

async function ownKey(files: PlaceholderPorts["files"], workspace: Pick<Workspace, "directory">): Promise<string> {
  const path = ownKeyPath(workspace);
  const text = (await files.read(path)) ?? (await files.createPrivate(path, `${randomBytes(32).toString("hex")}\n`));
  return text.trim();
}

function digest(key: string, text: string): string {
  return createHmac("sha256", key).update(text).digest("hex");
}

function shortKey(length: number): LockstepError {
  return new LockstepError(
    "secrets-key-short",
    `The key of the placeholders has ${String(length)} characters, and ${String(SHORTEST_KEY)} are needed`,
    "Use a random key, such as the output of `openssl rand -hex 32`, or remove include.secretsKey.",
    { path: "/include/secretsKey" },
  );
}

/** A key that lockstep wrote is longer. */
function damagedKey(workspace: Pick<Workspace, "directory">): LockstepError {
  const file = ownKeyPath(workspace);
  return new LockstepError(
    "secrets-key-short",
    `The key of the placeholders in ${file} is damaged: ${String(SHORTEST_KEY)} characters are needed`,
    "Put back the key that was there, or delete the file: then a new key is created, and placeholders of the old one can no longer be compared.",
    { file },
  );
}
