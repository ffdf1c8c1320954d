import type { Resource } from "../resource.ts";
import { anyOf } from "../resource.ts";

/** Products of an organisation; only "botFlows" is named by a test of the official provider, the others by the definition. */
const products = ["collaboratePro", "communicate", "engage", "botFlows"];

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
