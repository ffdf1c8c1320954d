import { ApiError } from "./errors.ts";
import { inWords } from "./json.ts";
import { referencesIn } from "./references.ts";
import type { Call, Resource } from "./resource.ts";
import { isDeleted } from "./store.ts";
import type { Entry } from "./world.ts";

function users(call: Call, kind: string, id: string, by: readonly string[]): Entry[] {
  return by.flatMap((userKind) => {
    const fields = call.registry.resources.get(userKind)?.fields ?? {};
    const collections = [...call.org.state.collections].filter(
      ([name]) => name === userKind || name.startsWith(`${userKind}@`),
    );
    return collections.flatMap(([, entries]) =>
      [...entries.values()].filter((entry) => {
        if (isDeleted(entry) || (userKind === kind && entry.id === id)) return false;
        return referencesIn(entry.data, fields).some((found) => found.kind === kind && found.id === id);
      }),
    );
  });
}

/** Throws the kind's own error while an object that the kind names refers to this one (genesys-api §4, §5). */
export function demandUnused(resource: Resource, entry: Entry, call: Call): void {
  for (const rule of resource.inUse ?? []) {
    if (rule.unless !== undefined && call.query.get(rule.unless) === "true") continue;
    const user = users(call, resource.kind, entry.id, rule.by)[0];
    if (!user) continue;
    throw new ApiError(
      rule.status,
      rule.code,
      `The ${resource.kind} is in use by ${inWords(user.data.name ?? user.id)}`,
      {
        entityId: entry.id,
        entityName: inWords(entry.data.name),
        details: [{ errorCode: rule.code, entityId: user.id, entityName: inWords(user.data.name) }],
      },
    );
  }
}
