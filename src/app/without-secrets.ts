import type { App } from "../model/app.ts";
import { isObj, type Obj } from "../model/json.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { secretFindings } from "../canonical/secret-findings.ts";
import { withPlaceholders } from "../canonical/secrets-in-json.ts";

/**
 * A saved snapshot or a repository as the configuration wants it: with placeholders in the place of secrets that it was saved
 * with. Those of another key stay as they are, because nothing tells what they stand for.
 */
export async function withoutSavedSecrets(app: Pick<App, "placeholders">, snapshot: Snapshot): Promise<Snapshot> {
  const placeholders = await app.placeholders();
  if (placeholders === undefined || snapshot.secretsKey !== undefined) return snapshot;
  const { values } = await withPlaceholders(
    [...snapshot.objects.values()].map((value) => ({ name: "", value })),
    placeholders,
    false,
  );
  const objects = new Map(
    [...snapshot.objects].map(([coordinate, object], at): [string, Obj] => {
      const shown = values[at];
      return [coordinate, isObj(shown) ? shown : object];
    }),
  );
  const findings = snapshot.findings.filter(({ code }) => code !== "looks-like-a-secret");
  const told = [...findings, ...(await secretFindings(objects, placeholders))];
  return { ...snapshot, secretsKey: placeholders.keyId, objects, findings: told };
}
