import type { JsonObject } from "../json.ts";
import { listAt, textAt } from "../json.ts";
import { clientPolicies } from "../least-role.ts";
import { pageAnswer } from "../listing.ts";
import type { Resource } from "../resource.ts";
import { anyOf } from "../resource.ts";

/** Products of an organisation; only "botFlows" is named by a test of the official provider, the others by the definition. */
const products = ["collaboratePro", "communicate", "engage", "botFlows"];

/** The permissions that a role can have, one entry for each domain: those that a client of lockstep uses. */
function permissionDomains(): JsonObject[] {
  const policies = clientPolicies("write").map((policy) => ({
    domain: textAt(policy.domain),
    entityType: textAt(policy.entityName),
    actions: listAt(policy.actionSet).map(textAt),
  }));
  return [...new Set(policies.map(({ domain }) => domain))].sort().map((domain) => {
    const own = policies.filter((policy) => policy.domain === domain);
    const entities = [...new Set(own.map(({ entityType }) => entityType))].map((entityType): [string, JsonObject[]] => {
      const actions = own.filter((policy) => policy.entityType === entityType).flatMap((policy) => policy.actions);
      return [entityType, [...new Set(actions)].map((action) => ({ domain, entityType, action, label: action }))];
    });
    return { id: domain, domain, permissionMap: Object.fromEntries(entities) };
  });
}

/** What the platform is, the same for every organisation: what clients ask for when they start (cx-as-code §5). */
export const platform: Resource = {
  kind: "platform",
  path: "/api/v2/telephony/mediaregions",
  fields: {},
  needs: {},
  routes: [
    {
      method: "GET",
      path: "/api/v2/authorization/products",
      needs: anyOf(),
      handle: () => ({
        status: 200,
        json: {
          entities: products.map((id) => ({ id })),
          pageSize: products.length,
          pageNumber: 1,
          total: products.length,
          pageCount: 1,
        },
      }),
    },
    {
      method: "GET",
      path: "/api/v2/authorization/permissions",
      needs: anyOf(),
      handle: (call) => ({
        status: 200,
        json: pageAnswer(permissionDomains(), { paging: "page", maxSize: 100 }, call, (domain) => domain),
      }),
    },
    {
      method: "GET",
      path: "/api/v2/telephony/mediaregions",
      needs: anyOf("telephony:plugin:all"),
      handle: () => ({
        status: 200,
        json: {
          awsHomeRegion: "us-east-1",
          awsCoreRegions: ["us-east-1", "us-west-2", "eu-central-1", "ap-southeast-2"],
          awsSatelliteRegions: ["us-east-2", "eu-west-3"],
        },
      }),
    },
  ],
};
