import type { Shape } from "../shape.ts";
import { ref } from "../shape.ts";

/** A reference to a flow of that type which has been published (genesys-api §4.1); the service's own code otherwise. */
export function publishedFlow(type: string, code: string): Shape {
  return ref("flow", {
    accepts: ({ data }) => data.type === type && data.publishedVersion !== undefined && data.deleted !== true,
    code,
  });
}
