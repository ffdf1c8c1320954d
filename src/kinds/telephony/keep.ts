import type { Obj } from "../../model/json.ts";

/** True for what people made; managed objects exist in every organisation and refuse changes (genesys-api §5.5). */
export function keepUnmanaged(entity: Obj): true | string {
  if (entity["state"] === "deleted") return "deleted";
  return entity["managed"] === true ? "managed by the platform" : true;
}
