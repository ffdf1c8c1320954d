import protos from "@pulumi/pulumi/proto/provider_pb.js";
import type { DiffResponse } from "@pulumi/pulumi/proto/provider_pb.js";
import type { PropertyDiff, ResourceDiff } from "../check/diff.ts";

const KINDS = {
  add: protos.PropertyDiff.Kind.ADD,
  "add-replace": protos.PropertyDiff.Kind.ADD_REPLACE,
  delete: protos.PropertyDiff.Kind.DELETE,
  "delete-replace": protos.PropertyDiff.Kind.DELETE_REPLACE,
  update: protos.PropertyDiff.Kind.UPDATE,
  "update-replace": protos.PropertyDiff.Kind.UPDATE_REPLACE,
} as const;

/** The answer to Diff. It always says whether there are changes: without that the engine compares inputs and misses drift. */
export function diffResponse(diff: ResourceDiff): DiffResponse {
  const response = new protos.DiffResponse();
  const { DIFF_NONE, DIFF_SOME } = protos.DiffResponse.DiffChanges;
  response.setChanges(diff.changes === "none" ? DIFF_NONE : DIFF_SOME);
  response.setDiffsList([...diff.diffs]).setReplacesList([...diff.replaces]);
  response.setDeletebeforereplace(diff.deleteBeforeReplace).setHasdetaileddiff(true);
  const detailed = response.getDetaileddiffMap();
  for (const [path, property] of Object.entries(diff.detailedDiff)) detailed.set(path, propertyDiff(property));
  return response;
}

function propertyDiff({ kind, inputDiff }: PropertyDiff): InstanceType<typeof protos.PropertyDiff> {
  return new protos.PropertyDiff().setKind(KINDS[kind]).setInputdiff(inputDiff);
}
