import * as pulumi from "@pulumi/pulumi";
import type { Coordinate } from "../model/coordinate.ts";
import { LockstepError } from "../model/error.ts";
import type { Obj } from "../model/json.ts";
import { getInventory, Link, resourceOf, type Provider } from "../pulumi/index.ts";
import { answered } from "./failure.ts";
import type { Inventory } from "./desired-org.ts";
import type { PlannedResource } from "./plan-resources.ts";

/**
 * What the organisation has now.
 * @param also objects that have to be known as they are, besides those of kinds that give up values
 * @throws LockstepError `incomplete-target` when a kind could not be read: what is not seen would be created again
 */
export async function readInventory(provider: Provider, also: readonly Coordinate[] = []): Promise<Inventory> {
  const { ids, unread, skipped, namesakes, current, ...org } = await answered(
    getInventory({ update: !pulumi.runtime.isDryRun(), errorParts: true, also }, { provider }),
  );
  if (unread.length > 0) {
    throw new LockstepError(
      "incomplete-target",
      `${org.orgName} could not be read completely: ${unread.join(", ")}`,
      "Grant the missing permission; `lockstep doctor` names it.",
    );
  }
  return {
    ...org,
    ids: new Map(Object.entries(ids)),
    unread,
    skipped: new Set(skipped),
    namesakes: new Map(
      Object.entries(namesakes).map(([coordinate, message]) => [
        coordinate,
        { code: "duplicate-key", coordinate, message },
      ]),
    ),
    current: new Map(Object.entries(current as { readonly [coordinate: Coordinate]: Obj })),
  };
}

/**
 * Registers the resources, in their order.
 * @param retainOnDelete does an object stay in the organisation when its resource goes?
 */
export function registerResources(
  planned: readonly PlannedResource[],
  provider: Provider,
  retainOnDelete: boolean,
): void {
  const made = new Map<string, pulumi.Resource>();
  for (const resource of planned) {
    const { name, importId, aliases, dependsOn, protect } = resource;
    const options: pulumi.CustomResourceOptions = {
      provider,
      protect,
      retainOnDelete,
      aliases: aliases.map((former) => ({ name: former })),
      dependsOn: dependsOn.flatMap((other) => made.get(other) ?? []),
      ...(importId === undefined ? {} : { import: importId }),
    };
    made.set(
      name,
      resource.kind === undefined
        ? new Link(name, resource.args, options)
        : new (resourceOf(resource.kind))(name, resource.args, options),
    );
  }
}
