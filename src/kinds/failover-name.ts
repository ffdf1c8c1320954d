import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/failover-name.ts";

/**
 * Names in Route 53 that lead to the primary or to the standby, described by the `dns` section of `lockstep.yaml`. They lie
 * outside the organisations: no sweep reads them and no plan holds them. `prefers` says who answers while everything is
 * healthy, so that weights that a controller has turned round are seen at once.
 */
export const failoverName: Kind = {
  name: "failover-name",
  title: "Failover name",
  mode: "report",
  schema,
  key: (entity) => `${textOf(entity["type"])}:${textOf(entity["name"])}`,
  permissions: { read: [], write: [] },
};
